//! Which of several measures of memory a number of bytes is.

use serde::{Deserialize, Serialize};
use snipcheck_core::Weight;

const SOURCE: &str = include_str!("weight/weigh.py");

/// Code on one line that writes the value of an expression.
pub(crate) fn shown(expression: &str) -> String {
    format!(
        "print('\\n%s' % (eval({}),))\n",
        quoted(&format!("({expression}\n)"))
    )
}

/// A text as a literal of both JSON and Python.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text can always be written as one")
}

/// How many of a thing are weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// One.
    One,
    /// So many that what they share does not count; an instance is weighed with the dict that it has.
    Many,
}

impl Scale {
    /// Code on one line that weighs what an expression makes, and writes a [`Weight`].
    pub(crate) fn program(self, expression: &str) -> String {
        let count = match self {
            Scale::One => 1,
            Scale::Many => 1000,
        };
        format!(
            "__weigh__ = {{}}; exec({}, __weigh__); __weigh__['weigh']({}, {count}, globals())\n",
            quoted(SOURCE),
            quoted(expression)
        )
    }
}

/// How far a number may be from the stated one: headers differ between versions and builds.
const NEAR: f64 = 1.25;

/// How memory is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// What the statement itself wrote.
    Written,
    /// `sys.getsizeof` of what it bound a name to.
    Own,
    /// What was still held at its end (`tracemalloc`).
    Held,
    /// The most that was held at a time (`tracemalloc`).
    Peak,
    /// What the process grew by.
    Pss,
}

/// What is said of a number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weighed {
    /// It is this one.
    Is(Measure),
    /// No measure comes near it, and none lies beyond it.
    IsNone,
    /// It lies between them: it may speak of a part of what was measured.
    Between,
    /// Nothing was measured.
    Unknown,
}

/// Holds a stated number of bytes against what was measured. Where the statement itself measures and writes a number,
/// of bytes or of the stated unit, that counts alone.
pub fn weigh(stated: f64, unit: f64, written: Option<f64>, weight: &Weight) -> Weighed {
    let near = |found: f64| found > 0.0 && (found / stated).max(stated / found) <= NEAR;
    if let Some(written) = written {
        return if near(written) || near(written * unit) {
            Weighed::Is(Measure::Written)
        } else {
            Weighed::IsNone
        };
    }
    #[expect(clippy::cast_precision_loss, reason = "memory is far below 2^52 bytes")]
    let all: Vec<(Measure, f64)> = [
        (Measure::Own, weight.own.map(|own| own as f64)),
        (Measure::Held, Some(weight.traced as f64)),
        (Measure::Peak, Some(weight.peak as f64)),
        (Measure::Pss, Some(weight.pss as f64)),
    ]
    .into_iter()
    .filter_map(|(measure, found)| Some((measure, found.filter(|found| *found > 0.0)?)))
    .collect();
    if let Some((measure, _)) = all.iter().find(|(_, found)| near(*found)) {
        return Weighed::Is(*measure);
    }
    let below = all.iter().any(|(_, found)| *found < stated);
    let above = all.iter().any(|(_, found)| *found > stated);
    match (below, above) {
        (true, true) => Weighed::Between,
        (false, false) => Weighed::Unknown,
        _ => Weighed::IsNone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_bytes_is_one_of_several() {
        let list = Weight {
            own: Some(8_448_728),
            traced: 40_000_000,
            peak: 40_400_000,
            pss: 41_000_000,
        };
        let generator = Weight {
            own: Some(208),
            traced: 300,
            peak: 480,
            pss: 0,
        };
        let sum = Weight {
            own: Some(32),
            ..list
        };
        for (stated, unit, written, weight, expected) in [
            (8e6, 1.0, None, list, Weighed::Is(Measure::Own)),
            (36e6, 1.0, None, list, Weighed::Is(Measure::Held)),
            (1e3, 1.0, None, list, Weighed::IsNone),
            (1e9, 1.0, None, list, Weighed::IsNone),
            (120.0, 1.0, None, generator, Weighed::IsNone),
            (8e6, 1.0, None, sum, Weighed::Between),
            (104.0, 1.0, Some(296.0), generator, Weighed::IsNone),
            (
                250.0,
                1.0,
                Some(296.0),
                generator,
                Weighed::Is(Measure::Written),
            ),
            (
                3e3,
                1e3,
                Some(2.8),
                generator,
                Weighed::Is(Measure::Written),
            ),
            (5.0, 1.0, None, Weight::default(), Weighed::Unknown),
        ] {
            assert_eq!(
                weigh(stated, unit, written, &weight),
                expected,
                "{stated} {weight:?}"
            );
        }
    }
}
