//! Which earlier snippets a snippet needs: the nearest ones of its section that define what it lacks.

use super::names::Names;
use snipcheck_core::{Guide, Snippet};
use std::collections::BTreeSet;

/// How far back a page without headings is looked through, in snippets.
const LOOK_BACK: usize = 6;

/// A snippet as context sees it: nothing when it does not parse, and so defines nothing.
pub(crate) type Known = Option<Names>;

/// The indices of the snippets that `index` needs, in order, and the names that they are needed for.
/// `is_wanted` says whether a free name is worth looking for (a builtin is not).
pub(crate) fn needs(
    guide: &Guide,
    known: &[Known],
    index: usize,
    is_wanted: &dyn Fn(&str) -> bool,
) -> BTreeSet<usize> {
    let mut needed = BTreeSet::new();
    let mut open = vec![index];
    while let Some(next) = open.pop() {
        let Some(names) = &known[next] else { continue };
        for name in names.free.keys().filter(|name| is_wanted(name)) {
            if let Some(source) = definer(guide, known, next, name)
                && needed.insert(source)
            {
                open.push(source);
            }
        }
    }
    needed
}

/// The nearest earlier snippet of the section that binds `name`; narrow sections first.
fn definer(guide: &Guide, known: &[Known], index: usize, name: &str) -> Option<usize> {
    let binds = |i: &usize| known[*i].as_ref().is_some_and(|n| n.binds.contains(name));
    let here = &guide.snippets[index];
    if here.headings.is_empty() {
        let earliest = index.saturating_sub(LOOK_BACK);
        return (earliest..index).rev().find(binds);
    }
    let widest = widest_section(guide, here);
    (widest..=here.headings.len()).rev().find_map(|depth| {
        (0..index)
            .rev()
            .filter(|&i| shares(&guide.snippets[i], here, depth))
            .find(binds)
    })
}

fn shares(other: &Snippet, here: &Snippet, depth: usize) -> bool {
    other.headings.get(..depth) == here.headings.get(..depth)
}

/// How many headings two snippets must share at least to be of one section. The title of the whole
/// guide joins nothing: a `data` of chapter one is not that of chapter nine.
fn widest_section(guide: &Guide, here: &Snippet) -> usize {
    let title = here.headings.first();
    let is_title = guide.snippets.iter().all(|s| s.headings.first() == title);
    let has_sections = guide.snippets.iter().any(|s| s.headings.len() > 1);
    let widest = if is_title && has_sections { 2 } else { 1 };
    widest.min(here.headings.len())
}
