//! What a shell shows below a snippet: commands that run it as a file or import it, and what they write.
//!
//! In doubt a command is left alone: with arguments, input, pipes or variables it is another program.

mod attach;
mod command;

pub(crate) use attach::attach;

use command::{Command, What};

/// A region of a document that a shell may have written.
#[derive(Debug, Clone)]
pub(crate) struct Shell {
    /// 0-based index of its first line.
    pub(crate) first: usize,
    /// Its text.
    pub(crate) text: String,
    /// Whether it has an end of its own, so that an empty line in it may be output.
    pub(crate) fenced: bool,
}

/// Whether a line runs something that may be a snippet.
pub(crate) fn is_command(line: &str) -> bool {
    matches!(
        command::read(command::without_prompt(line).1),
        Command::Run(_)
    )
}

/// A command with what it wrote.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    what: What,
    /// Index of the first line of the output, counted from the region's first; a marker line included.
    first: usize,
    last: usize,
    /// The output as it is written in the guide.
    shown: String,
    /// The output.
    text: String,
}

/// The commands of a region and their outputs, up to the first command that may change what others do.
fn runs(shell: &Shell) -> Vec<Run> {
    let lines: Vec<&str> = shell.text.lines().map(str::trim_end).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let (prompted, text) = command::without_prompt(lines[at]);
        if text.is_empty() || !prompted && text.starts_with('#') {
            at += 1;
            continue;
        }
        let what = match command::read(text) {
            Command::Run(what) => Some(what),
            Command::Harmless => None,
            Command::Other => break,
        };
        let end = output_end(&lines, at + 1, prompted, shell.fenced);
        let output = &lines[at + 1..end];
        if let Some(what) = what
            && let Some((first, text)) = stated(output, prompted)
        {
            let last = first + text.1;
            found.push(Run {
                what,
                first: at + 1 + first,
                last: at + 1 + last,
                shown: output[first..=last].join("\n"),
                text: text.0,
            });
        }
        at = end;
    }
    found
}

/// The index behind the output of a command.
fn output_end(lines: &[&str], from: usize, prompted: bool, fenced: bool) -> usize {
    let is_end = |line: &&str| {
        let (prompt, text) = command::without_prompt(line);
        if prompted {
            prompt || !fenced && (text.is_empty() || text.starts_with("```"))
        } else {
            !text.starts_with('#')
        }
    };
    let end = lines[from..].iter().position(is_end);
    let end = end.map_or(lines.len(), |offset| from + offset);
    // Without an empty line between, the last remark speaks of the command below it.
    let next = lines.get(end).map(|line| line.trim());
    let is_title = !prompted && end > from + 2 && next.is_some_and(|line| !line.is_empty());
    end - usize::from(is_title)
}

/// What these lines state, by the index of the first one: text, and how many lines further the last one is.
fn stated(output: &[&str], prompted: bool) -> Option<(usize, (String, usize))> {
    let first = output.iter().position(|line| !line.trim().is_empty())?;
    let last = output.iter().rposition(|line| !line.trim().is_empty())?;
    let output = &output[first..=last];
    let bodies: Option<Vec<&str>> = output
        .iter()
        .map(|line| line.trim_start().strip_prefix('#'))
        .collect();
    let text = match bodies {
        Some(bodies) => commented(&bodies)?,
        None if prompted => output.join("\n"),
        None => return None,
    };
    (!text.is_empty()).then_some((first, (text, last - first)))
}

/// Comments that say of themselves that they are the output.
fn commented(bodies: &[&str]) -> Option<String> {
    let (label, inline) = bodies[0].split_once(':')?;
    let label = label.trim().to_ascii_lowercase();
    let says_so = ["output", "prints", "expected output", "stdout"].contains(&label.as_str());
    let mut lines: Vec<&str> = Vec::new();
    lines.extend(Some(inline.trim()).filter(|text| !text.is_empty()));
    let bare = |body: &'_ &'_ str| -> usize { usize::from(body.starts_with(' ')) };
    lines.extend(bodies[1..].iter().map(|body| &body[bare(body)..]));
    says_so.then(|| lines.join("\n"))
}

#[cfg(test)]
mod tests;
