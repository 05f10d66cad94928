//! Which earlier snippets lie in the work folder as files, because something imports them by name.

use super::names::{Definition, Names};
use super::section::Section;
use super::standard;
use ruff_python_parser::parse_module;
use snipcheck_core::{File, FileName, Form, Part};
use std::collections::{BTreeMap, BTreeSet};

/// The snippets of a guide that are files.
pub(super) struct Files<'a> {
    section: &'a Section<'a>,
}

impl<'a> Files<'a> {
    pub(super) fn new(section: &'a Section<'a>) -> Self {
        Files { section }
    }

    /// What these snippets import, themselves or through files, of the files above the snippet `at`.
    pub(super) fn imported_by(&self, at: usize, snippets: &[usize]) -> BTreeSet<usize> {
        let names = snippets.iter().filter_map(|&one| self.names(one));
        self.closure(at, names.collect())
    }

    /// What a piece of code below the snippet `at` imports, that snippet included.
    pub(super) fn imported_by_code(&self, at: usize, code: &str) -> BTreeSet<usize> {
        let Ok(parsed) = parse_module(code) else {
            return BTreeSet::new();
        };
        let names = super::names::names(parsed.syntax());
        self.closure(at + 1, vec![&names])
    }

    /// A snippet as it lies in the work folder.
    pub(super) fn file(&self, at: usize) -> Option<File> {
        Some(File {
            name: self.section.guide.snippets[at].file.clone()?,
            part: Part {
                first: self.section.guide.snippets[at].lines.first,
                code: self.section.readings[at].code.clone()?,
            },
        })
    }

    fn closure<'n>(&'n self, end: usize, mut waiting: Vec<&'n Names>) -> BTreeSet<usize> {
        let mut nearest: BTreeMap<&FileName, usize> = BTreeMap::new();
        for (at, snippet) in self.section.guide.snippets[..end].iter().enumerate() {
            nearest.extend(snippet.file.as_ref().map(|name| (name, at)));
        }
        nearest.retain(|_, at| self.can_be_file(*at, end));
        let mut found = BTreeSet::new();
        while let Some(names) = waiting.pop() {
            for (name, &at) in &nearest {
                if brings(names, &name.module()) && found.insert(at) {
                    waiting.extend(self.names(at));
                }
            }
        }
        found
    }

    /// Whether a snippet is a whole module by itself, and still the one that the guide has in mind at `end`.
    fn can_be_file(&self, at: usize, end: usize) -> bool {
        let snippet = &self.section.guide.snippets[at];
        let module = snippet.file.as_ref().map(FileName::module);
        let is_standard = module
            .as_deref()
            .and_then(|module| module.split('.').next())
            .is_none_or(standard::has_module);
        let Some(names) = self.names(at).filter(|_| snippet.form == Form::Script) else {
            return false;
        };
        let is_whole = names.free.keys().all(|name| standard::is_builtin(name));
        !is_standard
            && is_whole
            && self.section.can_run_before(at)
            && !(at + 1..end).any(|later| self.changes(later, names))
    }

    /// Whether a later snippet without a file's name defines anew what the file defines.
    fn changes(&self, later: usize, file: &Names) -> bool {
        let is_block = |(name, by): (&String, &Definition)| {
            *by == Definition::Block && file.defined.get(name) == Some(&Definition::Block)
        };
        self.section.guide.snippets[later].file.is_none()
            && self
                .names(later)
                .is_some_and(|names| names.defined.iter().any(is_block))
    }

    fn names(&self, at: usize) -> Option<&Names> {
        self.section.readings[at].names.as_ref()
    }
}

/// Whether code with these names imports this module: by its name, or as a package around another one.
pub(super) fn brings(names: &Names, module: &str) -> bool {
    names.imports.keys().any(|imported| {
        imported
            .strip_prefix(module)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}
