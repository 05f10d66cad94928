//! One of several equal parts of a run, for machines that share it.

use std::num::NonZeroUsize;
use std::str::FromStr;

/// `2/4`: of four machines the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shard {
    /// From 0.
    which: usize,
    of: NonZeroUsize,
}

impl Shard {
    /// Whether the snippet with this number, counted over all guides of a run, is in the part.
    pub(crate) fn has(self, number: usize) -> bool {
        number % self.of == self.which
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let shape = || "write it as `1/4`: which part, and of how many".to_owned();
        let (which, of) = text.split_once('/').ok_or_else(shape)?;
        let which: usize = which.parse().map_err(|_| shape())?;
        let of: NonZeroUsize = of.parse().map_err(|_| shape())?;
        if which == 0 || which > of.get() {
            return Err(format!(
                "there is no part {which} of {of}; the first is `1/{of}`"
            ));
        }
        Ok(Shard {
            which: which - 1,
            of,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_snippet_is_in_one_part() {
        let parts = ["1/3", "2/3", "3/3"].map(|text| text.parse::<Shard>().unwrap());
        for number in 0..20 {
            assert_eq!(parts.iter().filter(|part| part.has(number)).count(), 1);
        }
    }

    #[test]
    fn what_is_no_part_is_told() {
        for text in ["", "1", "1/", "/2", "a/b", "0/2", "3/2", "1/0", "-1/2"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
