//! Which snippet a transcript speaks of.

use super::command::What;
use super::{Run, Shell, runs};
use crate::block::Block;
use crate::python;
use ruff_python_ast::Stmt;
use snipcheck_core::{Expectation, FileName, Form, Kind, Line, Lines, Notation};

/// Lines of text that may stand between a snippet, or another transcript, and a transcript.
const LEAD_LINES: usize = 2;

/// Gives the blocks what the regions below them state; `names` are the files that the blocks are.
pub(crate) fn attach(
    lines: &[&str],
    blocks: &mut [Block],
    names: &[Option<FileName>],
    shells: &[Shell],
) {
    for (after, own) in below(lines, blocks, shells) {
        let runs: Vec<(usize, Run)> = own
            .iter()
            .flat_map(|shell| runs(shell).into_iter().map(|run| (shell.first, run)))
            .collect();
        let is_only_one = runs.len() == 1;
        for (first, run) in runs {
            let Some(at) = meant(names, after, &run.what, is_only_one) else {
                continue;
            };
            let block = &mut blocks[at];
            if block.form == Form::Script {
                let answer = expectation(block, first, run);
                block.answers.push(answer);
            }
        }
    }
}

/// For each block with transcripts right below it, those.
fn below<'s>(
    lines: &[&str],
    blocks: &[Block],
    shells: &'s [Shell],
) -> Vec<(usize, Vec<&'s Shell>)> {
    let mut found: Vec<(usize, Vec<&Shell>)> = Vec::new();
    for shell in shells {
        let count = blocks.partition_point(|block| block.last < shell.first);
        let Some(after) = count.checked_sub(1) else {
            continue;
        };
        let own = found.last().filter(|(at, _)| *at == after);
        let end = own
            .and_then(|(_, shells)| shells.last())
            .map_or(blocks[after].last + 1, |above| {
                above.first + above.text.lines().count()
            });
        let is_text =
            |line: &&&str| line.chars().any(char::is_alphanumeric) && !line.contains("```");
        let between = lines.get(end..shell.first).unwrap_or_default();
        if between.iter().filter(is_text).count() > LEAD_LINES {
            continue;
        }
        match found.last_mut().filter(|(at, _)| *at == after) {
            Some((_, shells)) => shells.push(shell),
            None => found.push((after, vec![shell])),
        }
    }
    found
}

/// The block that is run: one with the file's name, with nothing unnamed between; else the only one there is.
fn meant(
    names: &[Option<FileName>],
    after: usize,
    what: &What,
    is_only_one: bool,
) -> Option<usize> {
    let nearest = |test: &dyn Fn(&FileName) -> bool| {
        let above = names[..=after].iter().enumerate().rev();
        above
            .map_while(|(at, name)| Some((at, name.as_ref()?)))
            .find(|(_, name)| test(name))
            .map(|(at, _)| at)
    };
    match what {
        What::File(wanted) => nearest(&|name| name == wanted).or_else(|| {
            let is_free = names[after].is_none() && !names.contains(&Some(wanted.clone()));
            (is_only_one && is_free).then_some(after)
        }),
        What::Module(wanted) => nearest(&|name| name == wanted),
        What::Code(code) => {
            let imported = imports(code);
            nearest(&|name| imported.contains(&name.module()))
        }
    }
}

/// The modules that a line of code imports.
fn imports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for statement in python::statements(code).unwrap_or_default() {
        match statement {
            Stmt::Import(import) => {
                found.extend(import.names.iter().map(|alias| alias.name.to_string()));
            }
            Stmt::ImportFrom(import) => found.extend(import.module.map(|name| name.to_string())),
            _ => {}
        }
    }
    found
}

fn expectation(block: &Block, first: usize, run: Run) -> Expectation {
    let line = |index: usize| Line::from_index(first + index);
    Expectation {
        lines: Lines::new(line(run.first), line(run.last)),
        statement: Lines::new(Line::from_index(block.first), Line::from_index(block.last)),
        kind: Kind::BlockOutput,
        notation: Notation::Transcript,
        comment: run.shown,
        text: run.text,
        code: match run.what {
            What::Code(code) => Some(code),
            What::File(_) | What::Module(_) => None,
        },
    }
}
