//! The names that code binds, by which a title `pop()` is told from a call.
//!
//! Must not know scopes: a page has one.

use ruff_python_ast::{Alias, Expr, Stmt};

/// The names that statements bind, modules apart: those are never called.
pub(super) fn bound(statements: &[Stmt]) -> Vec<String> {
    let mut names = Vec::new();
    for statement in statements {
        match statement {
            Stmt::Assign(assign) => assign
                .targets
                .iter()
                .for_each(|target| targets(target, &mut names)),
            Stmt::AnnAssign(assign) => targets(&assign.target, &mut names),
            Stmt::FunctionDef(function) => names.push(function.name.to_string()),
            Stmt::ClassDef(class) => names.push(class.name.to_string()),
            Stmt::ImportFrom(import) => names.extend(import.names.iter().map(imported)),
            _ => {}
        }
    }
    names
}

/// The modules that statements import.
pub(super) fn modules(statements: &[Stmt]) -> Vec<String> {
    let mut names = Vec::new();
    for statement in statements {
        if let Stmt::Import(import) = statement {
            names.extend(import.names.iter().map(imported));
        }
    }
    names
}

fn imported(alias: &Alias) -> String {
    let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
    name.split('.').next().unwrap_or_default().to_owned()
}

fn targets(target: &Expr, names: &mut Vec<String>) {
    match target {
        Expr::Name(name) => names.push(name.id.to_string()),
        Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| targets(target, names)),
        Expr::List(list) => list.elts.iter().for_each(|target| targets(target, names)),
        Expr::Starred(starred) => targets(&starred.value, names),
        _ => {}
    }
}

/// The names that the head of a compound statement binds.
pub(super) fn bound_by_head(line: &str) -> Vec<&str> {
    let words: Vec<&str> = line
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .collect();
    words
        .windows(2)
        .filter(|pair| matches!(pair[0], "def" | "class" | "for" | "as"))
        .map(|pair| pair[1])
        .collect()
}

/// The names whose attributes a line of code uses: `plt` in `plt.show()`.
pub(super) fn used_roots(line: &str) -> impl Iterator<Item = &str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices('.').filter_map(move |(at, _)| {
        let start = line[..at]
            .char_indices()
            .rev()
            .take_while(|(_, c)| is_word(*c))
            .last()?
            .0;
        let is_root = line[start..].starts_with(|c: char| c.is_alphabetic() || c == '_')
            && !line[..start].ends_with('.')
            && line[at + 1..].starts_with(|c: char| c.is_alphabetic() || c == '_');
        is_root.then(|| &line[start..at])
    })
}
