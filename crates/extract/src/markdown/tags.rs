//! Code between tags: `{% highlight python %}`, `{{< highlight python >}}`, `<pre lang="python">`,
//! `<pre><code class="language-python">`, `<CodeBlock language="python">`.
//!
//! Must not know fences, nor what becomes of the code.

/// An opening tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// The language and what else is said, as an info string has it.
    pub(super) info: &'a str,
    /// What ends the code.
    close: Close,
    /// The text behind the tag on its line.
    pub(super) rest: &'a str,
}

/// What ends the code of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Close {
    /// `{% endhighlight %}`.
    Liquid,
    /// `{{< /highlight >}}`.
    Shortcode,
    /// `</code></pre>` or `</pre>`.
    Pre,
    /// `</CodeBlock>`.
    Component,
}

/// Tags whose code is text to the page: what stands in it for `<` has to be read back.
const ENTITIES: [(&str, &str); 5] = [
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&quot;", "\""),
    ("&#39;", "'"),
    ("&amp;", "&"),
];

/// The tag that a line begins with.
pub(super) fn opening(line: &str) -> Option<Tag<'_>> {
    let text = line.trim();
    if !text.starts_with(['{', '<']) {
        return None;
    }
    template(text).or_else(|| element(text))
}

fn template(text: &str) -> Option<Tag<'_>> {
    for (open, shut, close) in [
        ("{%", "%}", Close::Liquid),
        ("{{<", ">}}", Close::Shortcode),
        ("{{%", "%}}", Close::Shortcode),
    ] {
        let inside = text
            .strip_prefix(open)
            .and_then(|rest| {
                rest.trim_start_matches('-')
                    .trim_start()
                    .strip_prefix("highlight ")
            })
            .and_then(|rest| rest.split_once(shut));
        if let Some((info, rest)) = inside {
            let info = info.trim_end_matches('-').trim();
            return Some(Tag { info, close, rest });
        }
    }
    None
}

fn element(text: &str) -> Option<Tag<'_>> {
    if let Some(rest) = text.strip_prefix("<CodeBlock") {
        let (inside, rest) = rest.split_once('>')?;
        return Some(Tag {
            info: attribute(inside, &["language", "lang"])?,
            close: Close::Component,
            rest,
        });
    }
    let (inside, mut rest) = text.strip_prefix("<pre")?.split_once('>')?;
    let mut info = attribute(inside, &["lang", "class"]);
    if let Some((inner, after)) = rest
        .strip_prefix("<code")
        .and_then(|inner| inner.split_once('>'))
    {
        info = attribute(inner, &["class", "lang"]).or(info);
        rest = after;
    }
    Some(Tag {
        info: info?,
        close: Close::Pre,
        rest,
    })
}

/// The value of the first of these attributes; nothing where it is not written in quotes.
fn attribute<'t>(inside: &'t str, names: &[&str]) -> Option<&'t str> {
    names.iter().find_map(|name| {
        let (_, rest) = inside.split_once(&format!(" {name}="))?;
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest[1..].split(quote).next()
    })
}

impl Tag<'_> {
    /// The text before the closing tag, when the line has it.
    pub(super) fn before_end<'l>(&self, line: &'l str) -> Option<&'l str> {
        let at = match self.close {
            Close::Liquid => line
                .find("{%")
                .filter(|at| line[*at..].contains("endhighlight")),
            Close::Shortcode => line.find("{{").filter(|at| {
                line[*at..].contains("/highlight") || line[*at..].contains("/ highlight")
            }),
            Close::Pre => line.find("</code>").or_else(|| line.find("</pre>")),
            Close::Component => line.find("</CodeBlock>"),
        };
        at.map(|at| &line[..at])
    }

    /// A line of code as its author wrote it.
    pub(super) fn plain(&self, line: &str) -> String {
        match self.close {
            Close::Pre => ENTITIES
                .iter()
                .fold(line.to_owned(), |text, (entity, sign)| {
                    text.replace(entity, sign)
                }),
            Close::Component => {
                let text = line.strip_prefix("{`").unwrap_or(line);
                text.strip_suffix("`}").unwrap_or(text).to_owned()
            }
            Close::Liquid | Close::Shortcode => line.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_their_ends() {
        for (line, info, rest, end) in [
            (
                "{% highlight python linenos %}",
                "python linenos",
                "",
                "{% endhighlight %}",
            ),
            (
                "{{< highlight py \"x=1\" >}}",
                "py \"x=1\"",
                "",
                "{{< / highlight >}}",
            ),
            ("<pre lang=\"python\">", "python", "", "</pre>"),
            (
                "<pre><code class=\"language-py\">x = 1",
                "language-py",
                "x = 1",
                "</code></pre>",
            ),
            (
                "<CodeBlock language='python'>",
                "python",
                "",
                "</CodeBlock>",
            ),
        ] {
            let tag = opening(line).expect(line);
            assert_eq!((tag.info, tag.rest), (info, rest));
            assert_eq!(tag.before_end(&format!("y{end}")), Some("y"), "{line}");
        }
        for line in ["<pre>", "{% if x %}", "{{< tab >}}", "<p lang=\"python\">"] {
            assert_eq!(opening(line), None, "{line}");
        }
        let tag = opening("<pre lang=\"python\">").expect("a tag");
        assert_eq!(tag.plain("a &lt; &amp;lt;"), "a < &lt;");
    }
}
