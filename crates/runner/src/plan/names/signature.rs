//! What a function takes and how it is called, to tell two functions of one name apart.

use ruff_python_ast::{Arguments, Parameters, Stmt, StmtClassDef, StmtFunctionDef};
use std::collections::BTreeSet;

/// What can be passed to a function or a class.
#[derive(Debug, Clone, Default)]
pub(in crate::plan) struct Signature {
    /// Parameters that may be passed by position, in order, and whether they have a default.
    positional: Vec<(String, bool)>,
    /// Parameters that are passed by name only, and whether they have a default.
    named: Vec<(String, bool)>,
    any_positional: bool,
    any_named: bool,
}

/// What is passed in a call; nothing is known of one with `*` or `**`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::plan) struct Call {
    positional: usize,
    named: BTreeSet<String>,
}

impl Call {
    /// How a call passes its arguments; nothing when they are spread from a value.
    pub(super) fn new(arguments: &Arguments) -> Option<Self> {
        if arguments
            .args
            .iter()
            .any(ruff_python_ast::Expr::is_starred_expr)
        {
            return None;
        }
        let named: Option<BTreeSet<String>> = arguments
            .keywords
            .iter()
            .map(|keyword| Some(keyword.arg.as_ref()?.to_string()))
            .collect();
        Some(Call {
            positional: arguments.args.len(),
            named: named?,
        })
    }
}

impl Signature {
    /// What a function takes; nothing when a decorator may change that.
    pub(super) fn of_function(function: &StmtFunctionDef) -> Option<Self> {
        function
            .decorator_list
            .is_empty()
            .then(|| Signature::new(&function.parameters))
    }

    /// What a class takes; nothing when that is decided elsewhere.
    pub(super) fn of_class(class: &StmtClassDef) -> Option<Self> {
        let plain = class.decorator_list.is_empty()
            && class
                .arguments
                .as_ref()
                .is_none_or(|arguments| arguments.args.is_empty() && arguments.keywords.is_empty());
        let makers = class.body.iter().filter_map(|stmt| match stmt {
            Stmt::FunctionDef(function) if matches!(&*function.name, "__init__" | "__new__") => {
                Some(function)
            }
            _ => None,
        });
        let mut makers = makers.peekable();
        match makers.next() {
            None => plain.then(Signature::default),
            Some(_) if makers.peek().is_some() => None,
            Some(maker) => {
                let mut signature = Signature::of_function(maker)?;
                if !signature.positional.is_empty() {
                    signature.positional.remove(0);
                }
                class.decorator_list.is_empty().then_some(signature)
            }
        }
    }

    fn new(parameters: &Parameters) -> Self {
        let told = |all: &[ruff_python_ast::ParameterWithDefault]| -> Vec<(String, bool)> {
            all.iter()
                .map(|one| (one.name().to_string(), one.default().is_some()))
                .collect()
        };
        let mut positional = told(&parameters.posonlyargs);
        positional.extend(told(&parameters.args));
        Signature {
            positional,
            named: told(&parameters.kwonlyargs),
            any_positional: parameters.vararg.is_some(),
            any_named: parameters.kwarg.is_some(),
        }
    }

    /// Whether such a call is one of this function.
    pub(in crate::plan) fn fits(&self, call: &Call) -> bool {
        let known = |name: &String| {
            self.any_named
                || self
                    .positional
                    .iter()
                    .chain(&self.named)
                    .any(|(own, _)| own == name)
        };
        let missing = |(name, default): &(String, bool)| !default && !call.named.contains(name);
        (call.positional <= self.positional.len() || self.any_positional)
            && call.named.iter().all(known)
            && !self.positional.iter().skip(call.positional).any(missing)
            && !self.named.iter().any(missing)
    }
}
