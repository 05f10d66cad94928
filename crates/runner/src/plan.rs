//! Decides what to run and how, from the guide alone: pure, and it never fails.
//!
//! It knows syntax and the standard library, and neither processes nor what an expectation means.

mod body;
mod calls;
mod files;
mod limits;
mod names;
mod section;
mod session;
mod standard;
mod watch;

use files::Files;
use names::Names;
use ruff_python_parser::parse_module;
use ruff_text_size::TextSize;
use section::{Section, Supplied};
use snipcheck_core::{
    FileName, Form, Format, Guide, Limits, Line, Part, Plan, Planned, Repair, RepairKind, Snippet,
    SnippetId, WorkUnit,
};
use std::collections::{BTreeMap, BTreeSet};

pub use limits::set_limit;

/// Decides for each snippet of `guide` what will be run, with what before it and what mended.
pub fn plan(guide: &Guide, limits: Limits) -> Plan {
    let readings: Vec<Reading> = guide.snippets.iter().map(Reading::new).collect();
    let section = Section::new(guide, &readings);
    let files = Files::new(&section);
    let plan_one = |index| {
        let told = told_needs(guide, index);
        let supplied = section.supply(index, &told);
        plan_snippet(&section, &files, &supplied, &told, index, limits)
    };
    let mut snippets: Vec<Planned> = (0..readings.len()).map(plan_one).collect();
    calls::add(guide, &readings, &mut snippets);
    Plan { snippets }
}

/// A snippet to be planned anew, by its index in the guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// The snippet.
    pub index: usize,
    /// What runs before it, whatever names it uses; nothing at all where there is no list.
    pub after: Option<Vec<usize>>,
}

/// Plans some snippets anew, each with other snippets before it.
pub fn plan_again(guide: &Guide, limits: Limits, snippets: &[Again]) -> Vec<Planned> {
    let readings: Vec<Reading> = guide.snippets.iter().map(Reading::new).collect();
    let section = Section::new(guide, &readings);
    let files = Files::new(&section);
    let plan_one = |again: &Again| {
        let index = again.index;
        let Some(after) = &again.after else {
            return plan_snippet(&section, &files, &Supplied::default(), &[], index, limits);
        };
        let earlier = after
            .iter()
            .copied()
            .filter(|&at| section.can_run_before(at));
        let told: Vec<usize> = earlier.chain(told_needs(guide, index)).collect();
        let supplied = section.supply(index, &told);
        plan_snippet(&section, &files, &supplied, &told, index, limits)
    };
    snippets.iter().map(plan_one).collect()
}

/// A snippet as the planner sees it.
#[derive(Debug)]
struct Reading {
    /// The code that would run, each line where it was; nothing when none would.
    code: Option<String>,
    /// What is wrong with the snippet itself.
    incomplete: Option<String>,
    /// Bodies that were filled.
    repairs: Vec<Repair>,
    /// Its names; nothing when it does not parse.
    names: Option<Names>,
}

impl Reading {
    fn new(snippet: &Snippet) -> Self {
        let code = match &snippet.form {
            Form::Script => snippet.code.clone(),
            Form::Session => return Reading::of_session(snippet),
            Form::Damaged { why } => {
                return Reading {
                    code: None,
                    incomplete: Some(why.clone()),
                    repairs: Vec::new(),
                    names: None,
                };
            }
        };
        match parse_module(&code) {
            Ok(parsed) => Reading {
                names: Some(names::names(parsed.syntax())),
                code: Some(code),
                incomplete: None,
                repairs: Vec::new(),
            },
            Err(error) => match body::mend(&code) {
                Some(mended) => Reading::mended(snippet, mended),
                None => Reading {
                    incomplete: Some(format!(
                        "it does not parse: {} (line {})",
                        error.error,
                        line_of(snippet, &code, error.location.start())
                    )),
                    code: Some(code),
                    repairs: Vec::new(),
                    names: None,
                },
            },
        }
    }

    fn of_session(snippet: &Snippet) -> Self {
        let prepared = session::prepare(&snippet.code);
        let place = |index: usize| snippet.lines.first.index() + index + 1;
        let mut names = parse_module(&prepared.code)
            .ok()
            .map(|parsed| names::names(parsed.syntax()));
        if let Some(names) = &mut names {
            // A prompt keeps its last value under this name.
            names.free.remove("_");
        }
        Reading {
            incomplete: prepared.broken.map(|(index, error)| {
                format!("it does not parse: {error} (line {})", place(index))
            }),
            code: Some(prepared.code),
            repairs: Vec::new(),
            names,
        }
    }

    fn mended(snippet: &Snippet, mended: body::Mended) -> Self {
        let place = |index: usize| {
            snippet
                .lines
                .first
                .plus(u32::try_from(index).unwrap_or(u32::MAX))
        };
        let repair = |(index, _): &(usize, Option<String>)| Repair {
            kind: RepairKind::Body,
            line: place(*index),
            text: "pass".to_owned(),
        };
        let incomplete = mended.left_out.first().map(|(index, name)| match name {
            Some(name) => format!("the body of `{name}` (line {}) is left out", place(*index)),
            None => format!("a body (line {}) is left out", place(*index)),
        });
        Reading {
            incomplete,
            repairs: mended.left_out.iter().map(repair).collect(),
            names: parse_module(&mended.code)
                .ok()
                .map(|parsed| names::names(parsed.syntax())),
            code: Some(mended.code),
        }
    }
}

/// The guide line of a place in a snippet's code.
fn line_of(snippet: &Snippet, code: &str, at: TextSize) -> Line {
    let before = code.get(..usize::from(at)).unwrap_or(code);
    let lines = before.matches('\n').count();
    snippet
        .lines
        .first
        .plus(u32::try_from(lines).unwrap_or(u32::MAX))
}

fn plan_snippet(
    section: &Section<'_>,
    files: &Files<'_>,
    supplied: &Supplied,
    told: &[usize],
    index: usize,
    limits: Limits,
) -> Planned {
    let (guide, readings) = (section.guide, section.readings);
    let snippet = &guide.snippets[index];
    let reading = &readings[index];
    let mut planned = Planned {
        id: snippet.id.clone(),
        skip: snippet.directives.skip.clone(),
        incomplete: reading.incomplete.clone(),
        needs: Vec::new(),
        repairs: reading.repairs.clone(),
        undefined: Vec::new(),
        unit: None,
    };
    let Some(code) = reading.code.as_ref().filter(|_| planned.skip.is_none()) else {
        return planned;
    };
    let prelude_names = snippet
        .directives
        .prelude
        .as_deref()
        .map(defined_by)
        .unwrap_or_default();
    let look =
        |imports: &mut Imports, at| imports.look(guide, readings, supplied, &prelude_names, at);
    let mut imports = Imports::default();
    look(&mut imports, index);
    let mut before = Imports::default();
    for &need in &supplied.needs {
        look(&mut before, need);
    }
    let running: Vec<usize> = supplied.needs.iter().copied().chain([index]).collect();
    let imported = files.imported_by(index, &running);
    let needed: BTreeSet<usize> = imported.iter().chain(&supplied.needs).copied().collect();
    planned.needs = needed
        .iter()
        .map(|&at| guide.snippets[at].id.clone())
        .collect();
    let first_use = |need| first_use(guide, readings, supplied, index, need);
    let untold = needed.iter().filter(|need| !told.contains(need));
    planned.repairs.extend(untold.map(|&need| Repair {
        kind: RepairKind::Context,
        line: first_use(need).unwrap_or(snippet.lines.first),
        text: guide.snippets[need].id.to_string(),
    }));
    planned.repairs.extend(imports.repairs.iter().cloned());
    let awaits = reading.names.as_ref().and_then(|names| names.awaits);
    planned.repairs.extend(awaits.map(|at| Repair {
        kind: RepairKind::Await,
        line: line_of(snippet, code, at),
        text: "asyncio.run(…)".to_owned(),
    }));
    planned.repairs.sort_by_key(|repair| repair.line);
    planned.undefined = imports
        .undefined
        .union(&before.undefined)
        .cloned()
        .collect();
    let part = |at: usize| {
        Some(Part {
            first: guide.snippets[at].lines.first,
            code: readings[at].code.clone()?,
        })
    };
    let mut prelude: Vec<String> = snippet.directives.prelude.iter().cloned().collect();
    prelude.extend(imports.repairs.iter().map(|repair| repair.text.clone()));
    planned.unit = Some(WorkUnit {
        id: snippet.id.clone(),
        guide: guide.path.clone(),
        code: Part {
            first: snippet.lines.first,
            code: code.clone(),
        },
        context: before
            .part()
            .into_iter()
            .chain(supplied.needs.iter().filter_map(|&at| part(at)))
            .collect(),
        files: imported.iter().filter_map(|&at| files.file(at)).collect(),
        calls: Vec::new(),
        prelude,
        imports_repaired: !imports.repairs.is_empty(),
        top_level_await: awaits.is_some(),
        // Notebooks, like prompts, compile each statement by itself.
        by_statement: snippet.form == Form::Session || guide.format == Format::Notebook,
        watches: watch::watches(&snippet.expectations, &|code| {
            let imported = files.imported_by_code(index, code);
            imported.iter().filter_map(|&at| files.file(at)).collect()
        }),
        limits: limits::of(limits, &snippet.directives),
        ledger: false,
    });
    planned
}

/// Names without a definition: those that an import brings, and those that nothing does.
#[derive(Default)]
struct Imports {
    repairs: Vec<Repair>,
    undefined: BTreeSet<String>,
    seen: BTreeSet<String>,
}

impl Imports {
    /// The imports as a part of their own, on the line above all others.
    fn part(&self) -> Option<Part> {
        let texts: Vec<&str> = self
            .repairs
            .iter()
            .map(|repair| repair.text.as_str())
            .collect();
        (!texts.is_empty()).then(|| Part {
            first: Line::FIRST,
            code: texts.join("; "),
        })
    }

    /// Looks at the names that the snippet `at` uses, in a run where `supplied` are there.
    fn look(
        &mut self,
        guide: &Guide,
        readings: &[Reading],
        supplied: &Supplied,
        prelude: &BTreeSet<String>,
        at: usize,
    ) {
        let (Some(names), Some(code)) = (&readings[at].names, &readings[at].code) else {
            return;
        };
        for (name, used) in &names.free {
            let known = standard::is_builtin(name)
                || prelude.contains(name)
                || supplied.by_name.contains_key(&(at, name.clone()));
            if known || !self.seen.insert(name.clone()) {
                continue;
            }
            match standard::import_for(name, used) {
                Some(text) => self.repairs.push(Repair {
                    kind: RepairKind::Import,
                    line: line_of(&guide.snippets[at], code, used.at),
                    text,
                }),
                None => {
                    self.undefined.insert(name.clone());
                }
            }
        }
    }
}

/// Where a snippet first uses what another one gives it: a name, or a module.
fn first_use(
    guide: &Guide,
    readings: &[Reading],
    supplied: &Supplied,
    index: usize,
    need: usize,
) -> Option<Line> {
    let names = readings[index].names.as_ref()?;
    let code = readings[index].code.as_ref()?;
    let from = |name: &String| supplied.by_name.get(&(index, name.clone())) == Some(&need);
    let used = names.free.iter().filter(|(name, _)| from(name));
    let module = guide.snippets[need].file.as_ref().map(FileName::module);
    let imports = names
        .imports
        .iter()
        .filter(|(imported, _)| module.as_ref() == Some(imported));
    let places = used
        .map(|(_, used)| used.at)
        .chain(imports.map(|(_, &at)| at));
    places
        .map(|at| line_of(&guide.snippets[index], code, at))
        .min()
}

/// The snippets that a directive names: by id, or by a part of one that only one has.
fn told_needs(guide: &Guide, index: usize) -> Vec<usize> {
    let find = |wanted: &String| {
        let matching = |test: &dyn Fn(&SnippetId) -> bool| {
            let mut found = (0..guide.snippets.len()).filter(|&at| test(&guide.snippets[at].id));
            found.next().filter(|_| found.next().is_none())
        };
        matching(&|id| id.0 == *wanted).or_else(|| matching(&|id| id.0.contains(wanted.as_str())))
    };
    let needs = &guide.snippets[index].directives.needs;
    needs
        .iter()
        .filter_map(find)
        .filter(|&at| at != index)
        .collect()
}

/// The names that a piece of code defines.
fn defined_by(code: &str) -> BTreeSet<String> {
    let Ok(parsed) = parse_module(code) else {
        return BTreeSet::new();
    };
    let defined: BTreeMap<_, _> = names::names(parsed.syntax()).defined;
    defined.into_keys().collect()
}

#[cfg(test)]
mod tests;
