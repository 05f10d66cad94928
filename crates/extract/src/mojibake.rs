//! Repairs UTF-8 that was read as a Windows code page and saved again: `â€”` for a dash.
//!
//! Works on runs of characters: a page may hold both broken and sound text, and bytes that the
//! code page has no character for are lost. Greek and Turkish prose is made of the same letters, so
//! that rare forms are believed only where the document holds forms that no language has.

use encoding_rs::{Encoding, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Code pages that text is wrongly read as, in the order they are tried.
static PAGES: LazyLock<[Page; 3]> = LazyLock::new(|| {
    [
        Page::new(WINDOWS_1252),
        Page::new(WINDOWS_1254),
        Page::new(WINDOWS_1253),
    ]
});
/// Index of the page whose letters also make up prose with closing quotes.
const GREEK: usize = 2;
/// Forms of the Greek page that are needed before its rare forms are believed.
const GREEK_EVIDENCE: usize = 3;

/// Bytes that these pages have no character for, so that they are often lost.
const LOST_BYTES: [u8; 6] = [0x9d, 0x90, 0x8f, 0x81, 0x8d, 0xaa];
/// Characters that are worth guessing when one of their bytes is lost, the likeliest first.
const GUESSES: &str = "”┐═╝←❌‐ÁÍÏÐÝčĐ\u{fe0f}\u{200d}";
/// Stands where a decoder had to give up.
const LOST: char = '\u{fffd}';

/// A code page read backwards.
struct Page {
    bytes: HashMap<char, u8>,
}

impl Page {
    fn new(encoding: &'static Encoding) -> Self {
        let mut bytes = HashMap::new();
        // Decoders fill the gaps of a page with characters of the western one.
        for page in [WINDOWS_1252, encoding] {
            for byte in 0x80..=0xff_u8 {
                let one = [byte];
                let (text, _) = page.decode_without_bom_handling(&one);
                let fills_gap = page == encoding || byte < 0xa0;
                if let Some(c) = text.chars().next().filter(|c| *c != LOST && fills_gap) {
                    bytes.insert(c, byte);
                }
            }
        }
        Page { bytes }
    }

    fn byte(&self, c: char) -> Option<u8> {
        self.bytes.get(&c).copied()
    }
}

/// What a document shows of each page.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// Sequences of three or four bytes, by page.
    long: [usize; 3],
    /// `Ã` with what makes it a letter.
    short: usize,
    greek_words: usize,
}

impl Evidence {
    /// Looks through a whole document.
    pub(crate) fn of(text: &str) -> Self {
        let mut evidence = Evidence::default();
        for line in text.lines().filter(|line| !line.is_ascii()) {
            let chars: Vec<char> = line.chars().collect();
            for at in 0..chars.len() {
                match whole(&chars[at..]) {
                    Some(found) if found.length > 2 => evidence.long[found.page] += 1,
                    Some(_) if chars[at] == 'Ã' => evidence.short += 1,
                    _ => {}
                }
                let greek =
                    |c: Option<&char>| c.is_some_and(|c| matches!(c, 'α'..='ω' | 'ά'..='ώ'));
                if greek(chars.get(at)) && greek(chars.get(at + 1)) {
                    evidence.greek_words += 1;
                }
            }
        }
        evidence
    }

    /// Whether there is nothing to repair.
    pub(crate) fn is_none(self) -> bool {
        self.long == [0; 3] && self.short == 0
    }

    fn believes(self, found: &Whole, first: char) -> bool {
        match (found.page, found.length) {
            (GREEK, 2) => self.long[GREEK] >= GREEK_EVIDENCE,
            (GREEK, _) => self.greek_words == 0 || self.long[GREEK] >= GREEK_EVIDENCE,
            (_, 2) => first == 'Ã' || self.long[found.page] > 0,
            _ => true,
        }
    }
}

/// A whole sequence.
struct Whole {
    c: char,
    length: usize,
    page: usize,
}

/// The character that the text begins with, if it does with the bytes of one.
fn whole(chars: &[char]) -> Option<Whole> {
    let first = *chars.first().filter(|c| !c.is_ascii())?;
    PAGES.iter().enumerate().find_map(|(index, page)| {
        let lead = page.byte(first)?;
        let length = sequence_length(lead)?;
        let mut bytes = [lead, 0, 0, 0];
        for (at, byte) in bytes.iter_mut().enumerate().take(length).skip(1) {
            *byte = page.byte(*chars.get(at)?)?;
        }
        let c = character(&bytes[..length])?;
        Some(Whole {
            c,
            length,
            page: index,
        })
    })
}

fn sequence_length(lead: u8) -> Option<usize> {
    match lead {
        0xc2..=0xdf => Some(2),
        0xe0..=0xef => Some(3),
        0xf0..=0xf4 => Some(4),
        _ => None,
    }
}

fn character(bytes: &[u8]) -> Option<char> {
    let text = std::str::from_utf8(bytes).ok()?;
    text.chars().next().filter(|c| is_usual(*c))
}

/// Whether documents have this character; letters with a quote behind them decode to ones they do not.
fn is_usual(c: char) -> bool {
    matches!(c,
        '\u{a0}'..='\u{24f}' | '\u{2b0}'..='\u{6ff}' | '\u{900}'..='\u{e7f}' | '\u{1e00}'..='\u{1eff}'
        | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ff00}'..='\u{fffd}'
        | '\u{1f000}'..='\u{1faff}')
}

/// A sequence that lost one byte: its likeliest character and how many characters stand for it.
fn guess(chars: &[char], evidence: Evidence, after_repair: bool) -> Option<(char, usize)> {
    let first = *chars.first().filter(|c| !c.is_ascii())?;
    PAGES.iter().enumerate().find_map(|(index, page)| {
        let lead = page.byte(first).filter(|_| evidence.long[index] > 0)?;
        let length = sequence_length(lead)?;
        let mut bytes = vec![lead];
        let mut lost = None;
        let mut used = 1;
        for at in 1..length {
            let next = chars.get(used).copied();
            match next
                .and_then(|c| page.byte(c))
                .filter(|byte| (0x80..0xc0).contains(byte))
            {
                Some(byte) => bytes.push(byte),
                None if lost.is_some() => return None,
                None => {
                    lost = Some(at);
                    bytes.push(0);
                    // Without a mark in its place the byte was dropped: believed inside a run only.
                    let is_marked = next == Some(LOST);
                    if !is_marked && index == GREEK && !after_repair {
                        return None;
                    }
                    used -= usize::from(!is_marked);
                }
            }
            used += 1;
        }
        let lost = lost.filter(|_| length > 2 || chars.get(1) == Some(&LOST))?;
        let mut possible = Vec::new();
        for byte in LOST_BYTES {
            bytes[lost] = byte;
            possible.extend(character(&bytes));
        }
        let c = GUESSES.chars().find(|c| possible.contains(c))?;
        Some((c, used))
    })
}

/// The line with its broken runs put right; nothing when there are none.
pub(crate) fn repair(line: &str, evidence: Evidence) -> Option<String> {
    if line.is_ascii() {
        return None;
    }
    let chars: Vec<char> = line.chars().collect();
    let mut text = String::with_capacity(line.len());
    let mut repaired = false;
    let mut after_repair = false;
    let mut at = 0;
    while at < chars.len() {
        let rest = &chars[at..];
        let found = whole(rest)
            .filter(|found| evidence.believes(found, rest[0]))
            .map(|found| (found.c, found.length))
            .or_else(|| guess(rest, evidence, after_repair));
        let (c, length) = found.unwrap_or((rest[0], 1));
        text.push(c);
        at += length;
        after_repair = found.is_some();
        repaired |= after_repair;
    }
    repaired.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> String {
        let evidence = Evidence::of(text);
        repair(text, evidence).unwrap_or_else(|| text.to_owned())
    }

    /// What becomes of text that is read as the page of this index.
    fn broken(text: &str, page: usize) -> String {
        text.chars()
            .flat_map(|c| {
                let mut buffer = [0; 4];
                let bytes = c.encode_utf8(&mut buffer).bytes().collect::<Vec<u8>>();
                bytes.into_iter().map(move |byte| {
                    if byte < 0x80 {
                        char::from(byte)
                    } else {
                        PAGES[page]
                            .bytes
                            .iter()
                            .find(|(_, b)| **b == byte)
                            .map_or(LOST, |(c, _)| *c)
                    }
                })
            })
            .collect()
    }

    #[test]
    fn what_was_broken_is_whole_again() {
        for text in [
            "a — b",
            "don’t “quote”",
            "π ≈ 3 → é",
            "✅ 🔴 ok",
            "┌──┐ ═",
            "日本",
            "5 × 3 °C µ",
        ] {
            for page in 0..3 {
                let damage = broken(&format!("{text} — — —"), page);
                assert!(
                    repaired(&damage).starts_with(text),
                    "{damage}: {}",
                    repaired(&damage)
                );
            }
        }
    }

    #[test]
    fn prose_of_people_stays() {
        for text in [
            "Ο Γιώργος είπε «Γ» και “β” στο σχολείο…",
            "Türkçe: ğüşıöç İĞÜŞÖÇ “ş” ve ‘ğ’ …",
            "« voilà\u{a0}» dit-il, « à\u{a0}» déjà “é” …",
            "ÇA ALORS, SÃO PAULO Â “Ö”",
            "Größe „ä“ – Übung…",
            "→ “ok” — fine ✅ 🔴",
        ] {
            assert_eq!(repaired(text), text);
        }
    }

    #[test]
    fn lost_bytes_are_guessed_where_one_character_is_likely() {
        for (damage, whole) in [
            ("â€œxâ€\u{fffd}", "“x”"),
            ("â€œxâ€ y", "“x” y"),
            ("β”Œβ”€β”€β”", "┌──┐"),
            ("â€” â\u{fffd}Œ", "— ❌"),
        ] {
            assert_eq!(repaired(damage), whole);
        }
    }

    #[test]
    fn sound_text_beside_it_stays() {
        assert_eq!(
            repaired("β€” Ελλάδα, αβγ “β” β€” β€”"),
            "— Ελλάδα, αβγ “β” — —"
        );
    }
}
