//! Which cells belong together: those that share names, directly or through others.
//!
//! In Jupyter every cell runs after all that were run before it. To run all of them before each would let one
//! cell that waits or fails spoil all below it, so those that share no name with a cell are left out. Cells may
//! also share files, and behind `from x import *` any name may be another one.

use super::cell::Cell;
use crate::names::{ANY, Names};
use crate::python;
use std::collections::{BTreeSet, HashMap};

/// Builtins through which cells share something without a name.
const FILES: [&str; 1] = ["open"];

/// For each cell the cells above it that run before it.
pub(super) fn needs(cells: &[Cell]) -> Vec<Vec<usize>> {
    let names: Vec<Option<Names>> = cells.iter().map(names).collect();
    let bound: BTreeSet<&str> = names
        .iter()
        .flatten()
        .flat_map(|names| names.bound.iter().map(String::as_str))
        .collect();
    let mut groups = Groups::default();
    let mut after_star = false;
    names
        .iter()
        .enumerate()
        .map(|(index, own)| {
            after_star |= own.as_ref().is_some_and(|names| names.bound.contains(ANY));
            let shared: Vec<&str> = own
                .iter()
                .flat_map(|names| names.used.union(&names.bound).map(String::as_str))
                .chain((after_star && own.is_some()).then_some(ANY))
                .filter(|name| bound.contains(name) || FILES.contains(name))
                .collect();
            groups.add(index, &shared)
        })
        .collect()
}

/// Cells that share names, as far as they were read.
#[derive(Default)]
struct Groups<'a> {
    of_name: HashMap<&'a str, usize>,
    members: Vec<Vec<usize>>,
}

impl<'a> Groups<'a> {
    /// Puts a cell with these names into its group, and tells who was there before.
    fn add(&mut self, index: usize, names: &[&'a str]) -> Vec<usize> {
        let joined: BTreeSet<usize> = names
            .iter()
            .filter_map(|name| self.of_name.get(name).copied())
            .collect();
        let mut before = Vec::new();
        for group in &joined {
            before.append(&mut self.members[*group]);
        }
        before.sort_unstable();
        let own = self.members.len();
        self.members.push(before.clone());
        if !names.is_empty() {
            self.members[own].push(index);
        }
        for group in self.of_name.values_mut() {
            if joined.contains(group) {
                *group = own;
            }
        }
        self.of_name.extend(names.iter().map(|name| (*name, own)));
        before
    }
}

/// The names of a cell that can run; nothing for any other.
fn names(cell: &Cell) -> Option<Names> {
    let statements = python::statements(&cell.code).filter(|_| cell.skip.is_none())?;
    Some(Names::of(&statements))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(codes: &[&str]) -> Vec<Vec<usize>> {
        let cell = |code: &&str| Cell {
            code: format!("{code}\n"),
            ..Cell::default()
        };
        needs(&codes.iter().map(cell).collect::<Vec<_>>())
    }

    #[test]
    fn cells_that_share_names_run_before() {
        let tables: [(&[&str], &[&[usize]]); 3] = [
            (
                &[
                    "a = [1]",
                    "b = a",
                    "c = 3",
                    "b.append(2)",
                    "a",
                    "print(c)",
                    "d =",
                ],
                &[&[], &[0], &[], &[0, 1], &[0, 1, 3], &[2], &[]],
            ),
            (
                &["x = 1", "from shelf import *", "sum([1])", "x"],
                &[&[], &[], &[1], &[0, 1, 2]],
            ),
            (
                &["open('a', 'w').write('b')", "print(1)", "open('a').read()"],
                &[&[], &[], &[0]],
            ),
        ];
        for (codes, expected) in tables {
            assert_eq!(of(codes), expected, "{codes:?}");
        }
    }
}
