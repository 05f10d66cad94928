//! Decides what to run and how, from the guide alone: pure, and it never fails.
//!
//! Free names are found by the parser, not by trying. A name is a builtin, or defined by an earlier
//! snippet of the section (a session), or the standard library's (an import is missing), or a placeholder.

mod body;
mod context;
mod names;
mod session;
mod stdlib;

use names::{Names, names};
use ruff_python_ast::{PySourceType, Stmt};
use ruff_python_parser::{parse_module, parse_unchecked_source};
use ruff_text_size::TextSize;
use snipcheck_core::{
    Form, Guide, Kind, Limits, Line, Part, Plan, Planned, Repair, RepairKind, Snippet, Want, Watch,
    WorkUnit,
};
use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;
use std::time::Duration;

/// Every name that a module finds without an import.
static BUILTINS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("plan/builtins.txt")
        .split_whitespace()
        .collect()
});

/// Decides for each snippet of `guide` what will be run, with what before it and what mended.
pub fn plan(guide: &Guide, limits: Limits) -> Plan {
    let sources: Vec<Source> = guide.snippets.iter().map(Source::new).collect();
    let known: Vec<Option<Names>> = sources.iter().map(Source::names).collect();
    let planner = Planner {
        guide,
        limits,
        sources,
        known,
    };
    Plan {
        snippets: (0..guide.snippets.len())
            .map(|i| planner.planned(i))
            .collect(),
    }
}

/// A snippet's code as it will be run.
#[derive(Debug)]
struct Source {
    code: String,
    /// 0-based indices of lines whose empty body was filled in.
    filled: Vec<usize>,
    parses: bool,
    /// Whether the code can run at all.
    runs: bool,
    by_statement: bool,
}

impl Source {
    fn new(snippet: &Snippet) -> Source {
        let (code, by_statement) = match snippet.form {
            Form::Session => (session::code(&snippet.code), true),
            Form::Script | Form::Damaged { .. } => (snippet.code.clone(), false),
        };
        let mut source = Source {
            parses: parses(&code),
            code,
            filled: Vec::new(),
            runs: !matches!(snippet.form, Form::Damaged { .. }),
            by_statement,
        };
        if !source.parses
            && let Some(filled) = body::fill(&source.code)
        {
            source.code = filled.code;
            source.filled = filled.headers;
            source.parses = true;
        }
        source
    }

    fn names(&self) -> Option<Names> {
        (self.parses && self.runs).then(|| names(&suite(&self.code)))
    }
}

/// `await` at module level is no error of the grammar here: it is repaired.
fn parses(code: &str) -> bool {
    parse_module(code).is_ok()
}

fn suite(code: &str) -> Vec<Stmt> {
    let parsed = parse_unchecked_source(code, PySourceType::Python);
    parsed.into_suite().into_iter().collect()
}

struct Planner<'a> {
    guide: &'a Guide,
    limits: Limits,
    sources: Vec<Source>,
    known: Vec<Option<Names>>,
}

/// What a snippet lacks, by where it can come from.
#[derive(Debug, Default)]
struct Lacking {
    imports: Vec<Repair>,
    undefined: Vec<String>,
}

impl Planner<'_> {
    fn planned(&self, index: usize) -> Planned {
        let snippet = &self.guide.snippets[index];
        let needs = self.needs(index);
        let lacking = self.lacking(index, &needs);
        let mut repairs = self.repairs(index, &needs);
        repairs.extend(lacking.imports.iter().cloned());
        repairs.sort_by_key(|r| r.line);
        let runs = self.sources[index].runs;
        Planned {
            id: snippet.id.clone(),
            skip: snippet.directives.skip.clone(),
            incomplete: self.incomplete(index),
            needs: needs
                .iter()
                .map(|&i| self.guide.snippets[i].id.clone())
                .collect(),
            repairs,
            undefined: lacking.undefined,
            unit: runs.then(|| self.unit(index, &needs, &lacking.imports)),
        }
    }

    /// Those that directives name, and those that define what is missing.
    fn needs(&self, index: usize) -> BTreeSet<usize> {
        let is_wanted = |name: &str| !BUILTINS.contains(name);
        let mut needs = context::needs(self.guide, &self.known, index, &is_wanted);
        for named in &self.guide.snippets[index].directives.needs {
            let found = (0..index)
                .rev()
                .find(|&i| self.guide.snippets[i].id.0.contains(named));
            needs.extend(found);
        }
        needs
    }

    /// What is missing even after what is needed has run.
    fn lacking(&self, index: usize, needs: &BTreeSet<usize>) -> Lacking {
        let mut lacking = Lacking::default();
        let prelude = self.guide.snippets[index].directives.prelude.as_deref();
        let given = prelude.map(|p| names(&suite(p)).binds).unwrap_or_default();
        let is_given = |name: &str| {
            given.contains(name)
                || BUILTINS.contains(name)
                || needs.iter().any(|&i| self.binds(i, name))
        };
        for (i, names) in needs
            .iter()
            .chain([&index])
            .filter_map(|&i| Some((i, self.known[i].as_ref()?)))
        {
            if names.star_import {
                continue;
            }
            for (name, used) in names.free.iter().filter(|(name, _)| !is_given(name)) {
                match stdlib::import_for(name, used) {
                    Some(text) if i == index => lacking.imports.push(Repair {
                        kind: RepairKind::Import,
                        line: self.line(i, used.at),
                        text,
                    }),
                    Some(_) => {}
                    None => lacking.undefined.push(name.clone()),
                }
            }
        }
        lacking
    }

    fn binds(&self, index: usize, name: &str) -> bool {
        self.known[index]
            .as_ref()
            .is_some_and(|n| n.binds.contains(name))
    }

    fn line(&self, index: usize, at: TextSize) -> Line {
        let code = &self.sources[index].code;
        let before = code.get(..at.to_usize()).unwrap_or(code);
        let lines = before.bytes().filter(|b| *b == b'\n').count();
        self.guide.snippets[index]
            .lines
            .first
            .plus(u32::try_from(lines).unwrap_or(u32::MAX))
    }

    fn repairs(&self, index: usize, needs: &BTreeSet<usize>) -> Vec<Repair> {
        let snippet = &self.guide.snippets[index];
        let mut repairs: Vec<Repair> = needs
            .iter()
            .map(|&i| Repair {
                kind: RepairKind::Context,
                line: snippet.lines.first,
                text: self.guide.snippets[i].id.to_string(),
            })
            .collect();
        if let Some(at) = self.top_level_await(index) {
            repairs.push(Repair {
                kind: RepairKind::Await,
                line: self.line(index, at),
                text: "asyncio.run".to_owned(),
            });
        }
        repairs.extend(self.sources[index].filled.iter().map(|&line| Repair {
            kind: RepairKind::Body,
            line: body_line(snippet, line),
            text: "pass".to_owned(),
        }));
        repairs
    }

    fn top_level_await(&self, index: usize) -> Option<TextSize> {
        self.known[index].as_ref().and_then(|n| n.top_level_await)
    }

    fn incomplete(&self, index: usize) -> Option<String> {
        let snippet = &self.guide.snippets[index];
        if let Form::Damaged { why } = &snippet.form {
            return Some(why.clone());
        }
        let header = *self.sources[index].filled.first()?;
        let text = snippet.code.lines().nth(header).unwrap_or_default().trim();
        Some(format!(
            "the body of `{}` (line {}) is left out",
            text.split('#')
                .next()
                .unwrap_or_default()
                .trim()
                .trim_end_matches(':'),
            body_line(snippet, header)
        ))
    }

    fn unit(&self, index: usize, needs: &BTreeSet<usize>, imports: &[Repair]) -> WorkUnit {
        let snippet = &self.guide.snippets[index];
        let source = &self.sources[index];
        let mut prelude: Vec<String> = snippet.directives.prelude.iter().cloned().collect();
        let mut seen = HashSet::new();
        prelude.extend(
            imports
                .iter()
                .map(|r| r.text.clone())
                .filter(|text| seen.insert(text.clone())),
        );
        let mut limits = self.limits;
        if let Some(timeout) = snippet.directives.timeout.as_deref().and_then(duration) {
            limits.timeout = timeout;
        }
        WorkUnit {
            id: snippet.id.clone(),
            guide: self.guide.path.clone(),
            code: self.part(index),
            context: self.context(index, needs),
            prelude,
            imports_repaired: !imports.is_empty(),
            top_level_await: self.top_level_await(index).is_some(),
            by_statement: source.by_statement,
            watches: watches(snippet),
            limits,
        }
    }

    fn part(&self, index: usize) -> Part {
        Part {
            first: self.guide.snippets[index].lines.first,
            code: self.sources[index].code.clone(),
        }
    }

    /// The code that runs before a snippet. Of one that is needed for imports alone, only those run.
    fn context(&self, index: usize, needs: &BTreeSet<usize>) -> Vec<Part> {
        let mut wanted: HashSet<&str> = HashSet::new();
        for &i in needs.iter().chain([&index]) {
            if let Some(names) = &self.known[i] {
                wanted.extend(names.free.keys().map(String::as_str));
            }
        }
        needs
            .iter()
            .map(|&i| {
                let part = self.part(i);
                Part {
                    code: imports_alone(&part.code, &wanted).unwrap_or(part.code),
                    first: part.first,
                }
            })
            .collect()
    }
}

/// The import lines of `code`, the others blank, when nothing else of it is wanted.
fn imports_alone(code: &str, wanted: &HashSet<&str>) -> Option<String> {
    let mut kept = vec![false; code.lines().count()];
    for statement in suite(code) {
        let import = matches!(statement, Stmt::Import(_) | Stmt::ImportFrom(_));
        let bound = names::bound_by(&statement);
        if !import && bound.iter().any(|name| wanted.contains(name.as_str())) {
            return None;
        }
        if import {
            let range = ruff_text_size::Ranged::range(&statement);
            let line = |at: TextSize| code[..at.to_usize()].matches('\n').count();
            kept[line(range.start())..=line(range.end())].fill(true);
        }
    }
    let lines = code
        .lines()
        .zip(kept)
        .map(|(line, keep)| if keep { line } else { "" });
    Some(lines.collect::<Vec<_>>().join("\n"))
}

fn body_line(snippet: &Snippet, index: usize) -> Line {
    snippet
        .lines
        .first
        .plus(u32::try_from(index).unwrap_or(u32::MAX))
}

/// What has to be observed for the expectations of a snippet.
fn watches(snippet: &Snippet) -> Vec<Watch> {
    let wants = snippet
        .expectations
        .iter()
        .map(|e| match (e.kind, &e.code) {
            (_, Some(code)) => Some(Want::Side { code: code.clone() }),
            (Kind::ExprValue | Kind::AssignedValue | Kind::Type | Kind::Size, None) => {
                Some(Want::Value)
            }
            (Kind::BlockOutput, None) => Some(Want::Done),
            (Kind::Raises, None) => Some(Want::Raised),
            (
                Kind::PrintValue
                | Kind::FollowingFence
                | Kind::Session
                | Kind::Timing
                | Kind::Relation,
                None,
            ) => None,
        });
    wants
        .enumerate()
        .filter_map(|(expectation, want)| {
            Some(Watch {
                expectation,
                statement: snippet.expectations[expectation].statement,
                want: want?,
            })
        })
        .collect()
}

/// `10s`, `500ms`, `2m`; what cannot be read is told by whoever read the guide.
fn duration(text: &str) -> Option<Duration> {
    humantime::parse_duration(text)
        .ok()
        .filter(|d| !d.is_zero())
}

#[cfg(test)]
mod tests;
