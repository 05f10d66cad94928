//! Section titles: text between or above lines of one sign, whose level is told by the order of the signs.

/// Signs that may be an underline, as docutils recommends them.
const SIGNS: &str = "=-`:.'\"~^_*+#<>!$%&(),/;?@[\\]{|}";

/// The path of titles down to the present line.
#[derive(Debug, Default)]
pub(super) struct Titles {
    /// Each sign with or without an overline, in the order in which they first came.
    styles: Vec<(char, bool)>,
    path: Vec<(usize, String)>,
}

impl Titles {
    /// Takes the title that begins on the first of these lines, and tells how many lines it has.
    pub(super) fn take(&mut self, lines: &[&str]) -> Option<usize> {
        let first = lines.first()?.trim_end();
        let over = rule(first);
        let (title, under, count) = match over {
            Some(_) => (*lines.get(1)?, rule(lines.get(2)?.trim_end())?, 3),
            None => (first, rule(lines.get(1)?.trim_end())?, 2),
        };
        let is_title = !title.trim().is_empty()
            && rule(title.trim_end()).is_none()
            && over.is_none_or(|over| over == under)
            && (over.is_some() || !title.starts_with(char::is_whitespace));
        if !is_title || !is_long_enough(lines[count - 1], title) {
            return None;
        }
        let style = (under, over.is_some());
        let known = self.styles.iter().position(|other| *other == style);
        let level = known.unwrap_or_else(|| {
            self.styles.push(style);
            self.styles.len() - 1
        });
        self.path.retain(|(other, _)| *other < level);
        self.path.push((level, plain(title.trim())));
        Some(count)
    }

    /// The titles, outermost first.
    pub(super) fn path(&self) -> Vec<String> {
        self.path.iter().map(|(_, title)| title.clone()).collect()
    }
}

/// The sign that a line consists of.
fn rule(line: &str) -> Option<char> {
    let sign = line.chars().next().filter(|sign| SIGNS.contains(*sign))?;
    // `...` and `::` stand in texts.
    (line.len() > 1 && line != "::" && line != "..." && line.chars().all(|c| c == sign))
        .then_some(sign)
}

/// A short underline is taken by docutils with a warning when it has four signs.
fn is_long_enough(rule: &str, title: &str) -> bool {
    let signs = rule.trim_end().chars().count();
    signs >= 4 || signs >= title.trim().chars().count()
}

/// A title without its marks: roles, code, emphasis.
fn plain(title: &str) -> String {
    let mut text = String::new();
    for (index, part) in title.split('`').enumerate() {
        let is_outside = index % 2 == 0;
        let role = part
            .rfind(" :")
            .filter(|_| is_outside && part.ends_with(':'));
        let role = role.map(|at| at + 1).or_else(|| {
            (is_outside && part.len() > 1 && part.starts_with(':') && part.ends_with(':'))
                .then_some(0)
        });
        text.push_str(role.map_or(part, |at| &part[..at]));
    }
    text.replace("**", "").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_by_order_of_signs() {
        let mut titles = Titles::default();
        let steps: [(&[&str], &[&str]); 5] = [
            (&["====", "Tree", "===="], &["Tree"]),
            (&["Leaf", "===="], &["Tree", "Leaf"]),
            (&["Vein", "----"], &["Tree", "Leaf", "Vein"]),
            (&["The ``bark``", "============"], &["Tree", "The bark"]),
            (&["****", "Root", "****"], &["Tree", "The bark", "Root"]),
        ];
        for (lines, path) in steps {
            assert_eq!(titles.take(lines), Some(lines.len()));
            assert_eq!(titles.path(), path);
        }
    }

    #[test]
    fn no_titles() {
        for lines in [
            &["Text", "more"][..],
            &["A long line of text", "---"],
            &["====", "a  b", "----"],
            &["  quoted", "======="],
            &["Text::", "::"],
            &["----"],
            &[],
        ] {
            assert_eq!(Titles::default().take(lines), None, "{lines:?}");
        }
    }

    #[test]
    fn roles_and_code_become_words() {
        for (title, expected) in [
            (":mod:`shelf` --- Books", "shelf --- Books"),
            ("The :func:`f` function", "The f function"),
            ("``a``: **b**", "a: b"),
        ] {
            assert_eq!(plain(title), expected);
        }
    }
}
