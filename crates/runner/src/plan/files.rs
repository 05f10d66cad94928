//! Which earlier snippets lie in the work folder as files, because something imports them by name.

use super::names::{Definition, Names};
use super::section::Section;
use super::standard;
use ruff_python_parser::parse_module;
use snipcheck_core::{File, FileName, Form, Part};
use std::collections::{BTreeSet, HashMap};

/// The snippets of a guide that are files.
pub(super) struct Files<'a> {
    section: &'a Section<'a>,
    /// By the module that they are, in the order of the guide.
    by_module: HashMap<String, Vec<Module>>,
}

/// A snippet that is a module.
struct Module {
    at: usize,
    /// The snippet at which the guide has another one in mind; its own where it never is one by itself.
    until: usize,
}

impl<'a> Files<'a> {
    pub(super) fn new(section: &'a Section<'a>) -> Self {
        let mut by_module: HashMap<String, Vec<Module>> = HashMap::new();
        for (at, snippet) in section.guide.snippets.iter().enumerate() {
            if let Some(module) = snippet.file.as_ref().map(FileName::module) {
                let until = until(section, at, &module).unwrap_or(at);
                by_module
                    .entry(module)
                    .or_default()
                    .push(Module { at, until });
            }
        }
        Files { section, by_module }
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
        let mut found = BTreeSet::new();
        while let Some(names) = waiting.pop() {
            for module in names.imports.keys().flat_map(|name| modules(name)) {
                if let Some(at) = self.nearest(module, end)
                    && found.insert(at)
                {
                    waiting.extend(self.names(at));
                }
            }
        }
        found
    }

    /// The closest snippet above `end` that is this module, if the guide still has that one in mind.
    fn nearest(&self, module: &str, end: usize) -> Option<usize> {
        let all = self.by_module.get(module)?;
        let above = all.partition_point(|one| one.at < end);
        let nearest = &all[above.checked_sub(1)?];
        (end <= nearest.until).then_some(nearest.at)
    }

    fn names(&self, at: usize) -> Option<&Names> {
        self.section.readings[at].names.as_ref()
    }
}

/// The module of this name, after the packages around it.
fn modules(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('.')
        .map(|(end, _)| &name[..end])
        .chain([name])
}

/// Up to which snippet the one at `at` is this module: nothing where it cannot be one by itself.
fn until(section: &Section<'_>, at: usize, module: &str) -> Option<usize> {
    let snippets = &section.guide.snippets;
    let names = section.readings[at].names.as_ref()?;
    let is_standard = module.split('.').next().is_none_or(standard::has_module);
    let is_whole = names.free.keys().all(|name| standard::is_builtin(name));
    if is_standard || !is_whole || snippets[at].form != Form::Script || !section.can_run_before(at)
    {
        return None;
    }
    // Snippets without a file's name that define anew what the file defines.
    let blocks = names.defined.iter();
    let anew = blocks
        .filter(|(_, by)| **by == Definition::Block)
        .filter_map(|(name, _)| {
            let later = section.definers_after(at, name);
            later
                .filter(|(one, by)| *by == Definition::Block && snippets[*one].file.is_none())
                .map(|(one, _)| one)
                .next()
        });
    Some(anew.min().unwrap_or(usize::MAX))
}
