//! Which names a snippet makes, and which it uses without making them, as Python's scopes decide.
//!
//! Pure syntax: nothing is tried, and nothing is known here of modules or of other snippets.

mod bindings;
mod signature;
mod walker;

use bindings::bindings;
use ruff_python_ast::{ModModule, Stmt};
use ruff_text_size::TextSize;
use signature::{Call, Signature};
use std::collections::{BTreeMap, BTreeSet};
use walker::Walker;

/// What a snippet makes and needs.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// Names bound at top level, and what by.
    pub(super) defined: BTreeMap<String, Definition>,
    /// What functions and classes at top level take, where that is known.
    pub(super) signatures: BTreeMap<String, Signature>,
    /// Names used and bound nowhere that they could come from, builtins included.
    pub(super) free: BTreeMap<String, Free>,
    /// Names whose objects top-level statements change: stores into them, calls of their methods.
    pub(super) changed: BTreeSet<String>,
    /// Where the first `await`, `async for` or `async with` stands outside any function.
    pub(super) awaits: Option<TextSize>,
    /// Whether a star import may bring any name.
    pub(super) star: bool,
    /// The modules that imports anywhere in it name, and where first: `a.b` and `a.b.c` for `from a.b import c`.
    pub(super) imports: BTreeMap<String, TextSize>,
}

/// What binds a name at top level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Definition {
    /// An assignment, a loop, a `with`.
    Variable,
    /// An import.
    Import,
    /// `def` or `class`.
    Block,
}

/// How a free name is used.
#[derive(Debug, Clone)]
pub(super) struct Free {
    /// The first use.
    pub(super) at: TextSize,
    /// Attributes that are taken of it.
    pub(super) attributes: BTreeSet<String>,
    /// Whether it is called.
    pub(super) called: bool,
    /// With what, where that is known.
    pub(super) calls: BTreeSet<Call>,
    /// Whether it is used in any other way.
    pub(super) bare: bool,
}

/// The names of a module.
pub(super) fn names(module: &ModModule) -> Names {
    let mut all = bindings(&module.body);
    // A function that declares a name global makes it when it is called, which is before it is used.
    let globals = std::mem::take(&mut all.global_in_functions);
    for name in &globals {
        all.bound
            .entry(name.clone())
            .or_insert(Definition::Variable);
    }
    let bound = all.bound.keys().cloned();
    let found = Walker::walk(&module.body, globals, bound, all.star);
    Names {
        defined: all.bound,
        signatures: signatures(&module.body),
        ..found
    }
}

/// What the functions and classes directly in `body` take; the last one of a name counts.
fn signatures(body: &[Stmt]) -> BTreeMap<String, Signature> {
    let mut found = BTreeMap::new();
    for stmt in body {
        let (name, signature) = match stmt {
            Stmt::FunctionDef(function) => (&function.name, Signature::of_function(function)),
            Stmt::ClassDef(class) => (&class.name, Signature::of_class(class)),
            _ => continue,
        };
        match signature {
            Some(signature) => found.insert(name.to_string(), signature),
            None => found.remove(name.as_str()),
        };
    }
    found
}

#[cfg(test)]
mod tests;
