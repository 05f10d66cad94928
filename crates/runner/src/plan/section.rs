//! Which earlier snippets a reader would have run before this one, by the names that it uses.

use super::names::{Definition, Free};
use super::{Reading, standard};
use snipcheck_core::{Form, Guide, Snippet};
use std::collections::{BTreeMap, BTreeSet};

/// How far to look back in a document without headings.
const LOOK_BACK: usize = 12;

/// The snippets of a guide and how near they are to each other.
#[derive(Debug)]
pub(super) struct Section<'a> {
    pub(super) guide: &'a Guide,
    pub(super) readings: &'a [Reading],
    flat: bool,
    /// For each name, the snippets that define it, in order.
    definers: BTreeMap<&'a str, Vec<usize>>,
}

/// What runs before a snippet.
#[derive(Debug, Default)]
pub(super) struct Supplied {
    /// The snippets, in order.
    pub(super) needs: Vec<usize>,
    /// Where each name that a snippet uses comes from.
    pub(super) by_name: BTreeMap<(usize, String), usize>,
}

impl<'a> Section<'a> {
    pub(super) fn new(guide: &'a Guide, readings: &'a [Reading]) -> Self {
        let mut definers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, names) in readings
            .iter()
            .enumerate()
            .filter_map(|(index, reading)| Some((index, reading.names.as_ref()?)))
        {
            for name in names.defined.keys() {
                definers.entry(name).or_default().push(index);
            }
        }
        Section {
            guide,
            readings,
            definers,
            flat: guide
                .snippets
                .iter()
                .all(|snippet| snippet.headings.is_empty()),
        }
    }

    /// The closest earlier snippets that define what `index` uses, and what those use in turn.
    pub(super) fn supply(&self, index: usize, told: &[usize]) -> Supplied {
        let mut supplied = Supplied::default();
        let mut needs: BTreeSet<usize> = told.iter().copied().collect();
        let mut waiting: Vec<usize> = told.iter().copied().chain([index]).collect();
        while let Some(at) = waiting.pop() {
            let Some(names) = &self.readings[at].names else {
                continue;
            };
            for (name, used) in &names.free {
                if standard::is_builtin(name) && !self.is_told(told, name) {
                    continue;
                }
                let Some(source) = self.source(at, name, used, told) else {
                    continue;
                };
                supplied.by_name.insert((at, name.clone()), source);
                for need in self.changers(source, at, name).into_iter().chain([source]) {
                    if needs.insert(need) {
                        waiting.push(need);
                    }
                }
            }
        }
        // What runs before it is always above it; a directive may name anything.
        supplied.needs = needs.into_iter().filter(|&need| need != index).collect();
        supplied
    }

    /// The snippets below `at` that define `name`, and how.
    pub(super) fn definers_after(
        &self,
        at: usize,
        name: &str,
    ) -> impl Iterator<Item = (usize, Definition)> {
        let all = self
            .definers
            .get(name)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let below = &all[all.partition_point(|&one| one <= at)..];
        below.iter().filter_map(move |&one| {
            let names = self.readings[one].names.as_ref()?;
            Some((one, *names.defined.get(name)?))
        })
    }

    /// Whether a snippet can run before others.
    pub(super) fn can_run_before(&self, at: usize) -> bool {
        self.can_be_context(at) && self.readings[at].code.is_some()
    }

    fn is_told(&self, told: &[usize], name: &str) -> bool {
        told.iter().any(|&at| self.defines(at, name).is_some())
    }

    /// The snippet that gives `name` to the snippet `at`.
    fn source(&self, at: usize, name: &str, used: &Free, told: &[usize]) -> Option<usize> {
        let defining = |source: &&usize| self.defines(**source, name).is_some();
        let above = |source: &&usize| **source < at;
        // What is told to run before may itself need what runs before it: `x = x + 1`.
        if let Some(&source) = told
            .iter()
            .rev()
            .filter(above)
            .find(defining)
            .or_else(|| told.iter().rev().find(defining))
        {
            return (source != at).then_some(source);
        }
        let importable = standard::import_for(name, used).is_some();
        let own = self.guide.snippets[at].headings.len();
        let nearest = if self.flat {
            at.saturating_sub(LOOK_BACK)..at
        } else {
            0..at
        };
        let definers = self
            .definers
            .get(name)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let candidates: Vec<(usize, Definition)> = definers
            .iter()
            .rev()
            .copied()
            .filter(|source| nearest.contains(source))
            .filter_map(|source| Some((source, self.defines(source, name)?)))
            .filter(|&(source, _)| self.fits(source, name, used))
            .collect();
        for depth in (0..=own).rev() {
            let reachable = |&&(source, definition): &&(usize, Definition)| {
                self.shares(at, source, depth) && reaches(definition, own - depth, importable)
            };
            if let Some(&(source, _)) = candidates.iter().find(reachable) {
                return Some(source);
            }
        }
        None
    }

    /// Whether the calls of `name` are calls of what `source` defines: otherwise that is another function.
    fn fits(&self, source: usize, name: &str, used: &Free) -> bool {
        let names = self.readings[source].names.as_ref();
        let signature = names.and_then(|names| names.signatures.get(name));
        signature.is_none_or(|signature| used.calls.iter().all(|call| signature.fits(call)))
    }

    /// Snippets between the two that change the object which `name` stands for.
    fn changers(&self, source: usize, at: usize, name: &str) -> Vec<usize> {
        if self.defines(source, name) != Some(Definition::Variable) {
            return Vec::new();
        }
        let is_session = |index: usize| self.guide.snippets[index].form == Form::Session;
        let changes = |&between: &usize| {
            let same = self.guide.snippets[between].headings == self.guide.snippets[at].headings;
            let names = self.readings[between].names.as_ref();
            // The sessions of a section are one: whatever uses the object may have changed it.
            let goes_on = is_session(between) && is_session(at);
            same && self.can_be_context(between)
                && names.is_some_and(|names| {
                    (goes_on || names.changed.contains(name)) && names.free.contains_key(name)
                })
        };
        (source + 1..at).filter(changes).collect()
    }

    /// What binds `name` at the top level of a snippet that may run before others.
    fn defines(&self, at: usize, name: &str) -> Option<Definition> {
        if !self.can_be_context(at) {
            return None;
        }
        self.readings[at].names.as_ref()?.defined.get(name).copied()
    }

    fn can_be_context(&self, at: usize) -> bool {
        let snippet: &Snippet = &self.guide.snippets[at];
        !matches!(snippet.form, Form::Damaged { .. })
            && snippet.directives.skip.is_none()
            && self.readings[at].incomplete.is_none()
    }

    fn shares(&self, at: usize, source: usize, depth: usize) -> bool {
        let (own, other) = (
            &self.guide.snippets[at].headings,
            &self.guide.snippets[source].headings,
        );
        other.len() >= depth && own[..depth] == other[..depth]
    }
}

/// Whether a definition is looked for so many headings further out.
///
/// A class or a function keeps its name through a guide; a variable is reused from section to section, and what
/// a reader would have to import in any case is not looked for in other sections.
fn reaches(definition: Definition, further_out: usize, importable: bool) -> bool {
    match definition {
        Definition::Block => true,
        Definition::Import => !importable || further_out == 0,
        Definition::Variable => further_out <= 1,
    }
}
