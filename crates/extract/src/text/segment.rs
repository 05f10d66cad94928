//! The best path through the units: for each, whether it is prose, Python, a session or another language.
//!
//! Every unit adds its look, every change of state costs; dynamic programming finds the cheapest
//! whole. Must not know what makes a unit look as it does.

use super::lead::Announces;
use super::look::Look;
use super::other;
use super::spacing::Spacing;
use super::units::Unit;

/// What a unit is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Text, titles, tables, lists.
    Prose,
    /// Python source.
    Python,
    /// A Python session.
    Session,
    /// Another language.
    Other,
}

/// Empty lines that may stand inside a block.
pub(super) const MOST_BLANKS: usize = 2;

const STATES: [State; 4] = [State::Prose, State::Python, State::Session, State::Other];

/// The state of each unit on the best path.
pub(super) fn best(units: &[Unit], looks: &[Look]) -> Vec<State> {
    let page = Page {
        spacing: Spacing::of(units, looks),
        has_labels: looks
            .iter()
            .any(|look| look.announces == Announces::Label { python: true }),
    };
    let mut scores = [0.0_f32; 4];
    let mut from: Vec<[u8; 4]> = Vec::with_capacity(units.len());
    for (index, look) in looks.iter().enumerate() {
        let mut next = [f32::NEG_INFINITY; 4];
        let mut came = [0_u8; 4];
        for (to, state) in STATES.into_iter().enumerate() {
            for (origin, before) in STATES.into_iter().enumerate() {
                if index == 0 && before != State::Prose {
                    continue;
                }
                let step = Step {
                    page: &page,
                    unit: &units[index],
                    look,
                    above: index
                        .checked_sub(1)
                        .map(|above| (&units[above], &looks[above])),
                };
                let total = scores[origin] + step.cost(before, state);
                if total > next[to] {
                    next[to] = total;
                    came[to] = u8::try_from(origin).unwrap_or_default();
                }
            }
            next[to] += emission(look, state);
        }
        scores = next;
        from.push(came);
    }
    trace(&scores, &from)
}

fn trace(scores: &[f32; 4], from: &[[u8; 4]]) -> Vec<State> {
    let mut at = 0;
    for (index, score) in scores.iter().enumerate() {
        if *score > scores[at] {
            at = index;
        }
    }
    let mut path = Vec::with_capacity(from.len());
    for came in from.iter().rev() {
        path.push(STATES[at]);
        at = usize::from(came[at]);
    }
    path.reverse();
    path
}

fn emission(look: &Look, state: State) -> f32 {
    match state {
        State::Prose => 0.0,
        State::Python => look.python,
        State::Session => look.session,
        State::Other => look.other,
    }
}

/// What holds for the whole page.
struct Page {
    spacing: Spacing,
    /// Whether lines that name a language stand where its fences were.
    has_labels: bool,
}

/// From one unit to the next.
struct Step<'s, 'a> {
    page: &'s Page,
    unit: &'s Unit<'a>,
    look: &'s Look,
    above: Option<(&'s Unit<'a>, &'s Look)>,
}

impl Step<'_, '_> {
    fn cost(&self, from: State, to: State) -> f32 {
        match (from, to) {
            (State::Prose, State::Prose) => match self.label() {
                Some(_) => -2.0,
                None => 0.0,
            },
            (State::Other, State::Other) => 0.0,
            (State::Prose, State::Python) => {
                -3.0 + self.announced(Announces::Code) + self.indented() + self.border()
            }
            (State::Prose, State::Session) => {
                -1.0 + self.announced(Announces::Code) / 2.0 + self.border()
            }
            (State::Prose, State::Other) => {
                -2.5 + match self.label() {
                    Some(python) => {
                        if python {
                            -6.0
                        } else {
                            5.0
                        }
                    }
                    None => {
                        self.announced(Announces::Other) / 2.0
                            + self.announced(Announces::Code) / 2.0
                    }
                }
            }
            (State::Python | State::Session, State::Prose) => -0.5 + self.border(),
            (State::Other, State::Prose) => -0.5,
            (State::Python, State::Python) => self.gap(),
            (State::Session, State::Session) => self.gap() / 2.0,
            (State::Python, State::Session) | (State::Session, State::Python) => self.gap() - 0.6,
            // A line of settings goes on with them, however much it looks like an assignment.
            (State::Other, State::Python) if other::is_setting_score(self.look.other) => -8.0,
            (State::Other, State::Python) => -3.5,
            (State::Other, State::Session) => -1.7,
            (State::Python | State::Session, State::Other) => -3.0,
        }
    }

    /// The label above: whether it names Python.
    fn label(&self) -> Option<bool> {
        match self.above?.1.announces {
            Announces::Label { python } => Some(python),
            _ => None,
        }
    }

    /// The page's habit of spacing, where no label marks the border.
    fn border(&self) -> f32 {
        if self.label().is_some() || self.look.is_label() {
            0.0
        } else {
            self.page.spacing.border(self.unit)
        }
    }

    /// A line above that announces code; one that announces another language counts against it.
    fn announced(&self, what: Announces) -> f32 {
        match (self.above, self.label()) {
            (_, Some(python)) => {
                if python {
                    5.0
                } else {
                    -6.0
                }
            }
            // What does not look like code itself is a title between.
            (Some((_, look)), _)
                if look.announces == what && self.look.python.max(self.look.session) > 0.0 =>
            {
                2.4
            }
            (Some((_, look)), _) if look.announces != Announces::Nothing => -1.0,
            _ if self.page.has_labels => -1.0,
            _ => 0.0,
        }
    }

    /// Code begins at the margin, unless the whole page is indented.
    fn indented(&self) -> f32 {
        if self.unit.indent > 0 { -1.0 } else { 0.0 }
    }

    /// Empty lines inside a block: one is usual, two are PEP 8's, more are rare.
    fn gap(&self) -> f32 {
        let usual = match self.unit.blanks {
            0 => 0.0,
            1 => -0.1,
            MOST_BLANKS => -0.5,
            _ => -3.0,
        };
        usual + self.page.spacing.inside(self.unit)
    }
}
