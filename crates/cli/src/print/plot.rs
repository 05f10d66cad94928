//! The project's own measurements as a picture: a bar for each way of doing the same work.

use crate::bench::Suite;
use anyhow::{Result, anyhow};
use plotters::backend::SVGBackend;
use plotters::prelude::{
    Color, IntoDrawingArea, IntoFont, PathElement, RGBColor, Rectangle, TextStyle, WHITE,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use snipcheck_bench::{Row, Sharing, WORKLOADS, Way};

/// Pixels of one bar with the room around it, of the room between workloads, and of what stands left of them.
const BAR: i32 = 58;
const GAP: i32 = 26;
const LEFT: i32 = 92;
/// Pixels of the head, of the panel of one Python, and of the bars in it.
const HEAD: i32 = 96;
const PANEL: i32 = 236;
const HEIGHT: i32 = 150;
/// The ratio at the top of the bars; what is longer ends there.
const TOP: f64 = 1.5;

const INK: RGBColor = RGBColor(40, 40, 40);
const FAINT: RGBColor = RGBColor(205, 205, 205);

/// What the colours mean; they differ for the colour-blind, too.
const COLOURS: [(Sharing, RGBColor, &str); 4] = [
    (
        Sharing::Serialised,
        RGBColor(213, 94, 0),
        "the two take turns",
    ),
    (
        Sharing::Parallel,
        RGBColor(0, 114, 178),
        "they work at the same time",
    ),
    (Sharing::Waiting, RGBColor(150, 150, 150), "they wait"),
    (Sharing::Unclear, RGBColor(226, 210, 160), "unclear"),
];
/// One thread does all the work, so that nobody shares anything.
const ALONE: (RGBColor, &str) = (RGBColor(204, 121, 167), "one thread does all");

/// The picture as SVG.
pub(crate) fn svg(suite: &Suite) -> Result<String> {
    let pythons = pythons(suite);
    let group = BAR * (count(Way::ALL.len()) - 1) + GAP;
    let width = LEFT + group * count(WORKLOADS.len());
    let height = HEAD + PANEL * count(pythons.len());
    let mut text = String::new();
    {
        let size = (width.unsigned_abs(), height.unsigned_abs());
        let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
        let mut canvas = Canvas { area: &area };
        canvas.area.fill(&WHITE).map_err(failed)?;
        canvas.head()?;
        for (at, python) in pythons.iter().enumerate() {
            let top = HEAD + PANEL * count(at);
            canvas.panel(python, width, top)?;
            let rows = suite.rows.iter().filter(|row| row.python == **python);
            for row in rows {
                let place = WORKLOADS.iter().position(|name| **name == row.workload);
                let left = LEFT + group * count(place.unwrap_or_default());
                canvas.row(row, left, top)?;
            }
        }
        area.present().map_err(failed)?;
    }
    Ok(text)
}

fn pythons(suite: &Suite) -> Vec<&str> {
    let mut found: Vec<&str> = suite.rows.iter().map(|row| row.python.as_str()).collect();
    found.dedup();
    found
}

/// Drawing into a string fails for want of memory at most.
fn failed(error: impl std::fmt::Display) -> anyhow::Error {
    anyhow!("failed to draw: {error}")
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

type Area<'a> = plotters::drawing::DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

struct Canvas<'c, 'a> {
    area: &'c Area<'a>,
}

impl Canvas<'_, '_> {
    fn text(&mut self, text: &str, at: (i32, i32), size: i32, place: HPos) -> Result<()> {
        let style: TextStyle<'_> = ("sans-serif", size).into_font().color(&INK);
        let style = style.pos(Pos::new(place, VPos::Center));
        self.area.draw_text(text, &style, at).map_err(failed)
    }

    fn line(&mut self, from: (i32, i32), to: (i32, i32), colour: RGBColor) -> Result<()> {
        self.area
            .draw(&PathElement::new(vec![from, to], colour.stroke_width(1)))
            .map_err(failed)
    }

    fn bar(&mut self, from: (i32, i32), to: (i32, i32), colour: RGBColor) -> Result<()> {
        self.area
            .draw(&Rectangle::new([from, to], colour.filled()))
            .map_err(failed)
    }

    fn head(&mut self) -> Result<()> {
        let title = "The same work twice: how many times as long it takes as one after the other";
        self.text(title, (16, 26), 20, HPos::Left)?;
        let mut left = 16;
        let meanings = COLOURS.iter().map(|(_, colour, words)| (*colour, *words));
        for (colour, words) in meanings.chain([ALONE]) {
            self.bar((left, 50), (left + 14, 64), colour)?;
            self.text(words, (left + 20, 58), 14, HPos::Left)?;
            left += 48 + 8 * count(words.len());
        }
        Ok(())
    }

    fn panel(&mut self, python: &str, width: i32, top: i32) -> Result<()> {
        self.text(&format!("Python {python}"), (16, top + 6), 16, HPos::Left)?;
        for ratio in [0.0, 0.5, 1.0, 1.5] {
            let y = height(top, ratio);
            self.line((LEFT - 14, y), (width - 8, y), FAINT)?;
            self.text(&format!("{ratio}"), (LEFT - 20, y), 13, HPos::Right)?;
        }
        Ok(())
    }

    fn row(&mut self, row: &Row, left: i32, top: i32) -> Result<()> {
        let ways = Way::ALL.into_iter().filter(|way| *way != Way::OneByOne);
        let middle = left + BAR * 2;
        self.text(&row.workload, (middle, top + 8), 15, HPos::Center)?;
        for (at, way) in ways.enumerate() {
            let x = left + BAR * count(at);
            let name = if way == Way::Interpreters {
                "interp."
            } else {
                way.name()
            };
            self.text(name, (x + BAR / 2, height(top, 0.0) + 13), 12, HPos::Center)?;
            let Some((_, mode)) = row.ways.iter().find(|(other, _)| *other == way) else {
                self.text("–", (x + BAR / 2, height(top, 0.0) - 10), 14, HPos::Center)?;
                continue;
            };
            let shown = row.shown(mode);
            let Some(ratio) = shown.ratio else {
                continue;
            };
            let is_alone = way.workers() < 2 && shown.sharing != Sharing::Waiting;
            let known = COLOURS
                .iter()
                .find(|(sharing, ..)| *sharing == shown.sharing);
            let colour = match known {
                Some((_, colour, _)) if !is_alone => *colour,
                _ => ALONE.0,
            };
            let end = height(top, ratio.middle.min(TOP));
            self.bar((x + 8, end), (x + BAR - 8, height(top, 0.0)), colour)?;
            let number = format!("{:.2}", ratio.middle);
            self.text(&number, (x + BAR / 2, end - 9), 13, HPos::Center)?;
        }
        Ok(())
    }
}

/// Where a ratio is in the panel that begins at `top`.
fn height(top: i32, ratio: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "a small number of pixels")]
    let pixels = (ratio / TOP * f64::from(HEIGHT)) as i32;
    top + 34 + HEIGHT - pixels
}

/// The picture as the file at `path` is to hold it: a page where its name says so.
pub(crate) fn picture(suite: &Suite, path: &std::path::Path) -> Result<String> {
    let picture = svg(suite)?;
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("svg") => Ok(picture),
        Some("html") => {
            let mut table = Vec::new();
            super::bench::suite(suite, &mut table)?;
            let table = escaped(&String::from_utf8_lossy(&table));
            Ok(format!(
                "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>snipcheck bench --suite gil</title>\n\
                 <style>body {{ font-family: sans-serif; margin: 2em }} svg {{ max-width: 100%; height: auto }} pre {{ overflow-x: auto }}</style></head>\n\
                 <body>\n{picture}\n<pre>{table}</pre>\n</body></html>\n"
            ))
        }
        _ => Err(anyhow!(
            "`{}` is neither a picture nor a page\n  help: --plot FILE.svg or --plot FILE.html",
            path.display()
        )),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
