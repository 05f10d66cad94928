//! What a snippet costs beside a bare fork of the same slot: `cargo bench -p snipcheck-runner --features measure`.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it tells what it measured"
)]

use snipcheck_runner::measure::{Lap, laps};
use std::process::ExitCode;
use std::time::Duration;

const ROUNDS: usize = 400;

fn main() -> ExitCode {
    match laps(ROUNDS) {
        Ok((level, laps)) => {
            println!("`print(1)` in a slot at level {level}, {ROUNDS} rounds of each in turn:\n");
            println!(
                "| what | median ms | ratio to the bare fork: median | quarter | three quarters |"
            );
            println!("| --- | ---: | ---: | ---: | ---: |");
            row(
                "a fork of the slot as `os.fork()` makes one, run, wait",
                &laps,
                |lap| lap.bare,
            );
            row("the same in the jail", &laps, |lap| lap.jailed);
            row("a snippet: jail, driver, outcome", &laps, |lap| lap.snippet);
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn row(name: &str, laps: &[Lap], of: impl Fn(&Lap) -> Duration) {
    let mut times: Vec<f64> = laps.iter().map(|lap| of(lap).as_secs_f64()).collect();
    let mut ratios: Vec<f64> = laps
        .iter()
        .map(|lap| of(lap).as_secs_f64() / lap.bare.as_secs_f64())
        .collect();
    times.sort_by(f64::total_cmp);
    ratios.sort_by(f64::total_cmp);
    let (half, quarter) = (laps.len() / 2, laps.len() / 4);
    println!(
        "| {name} | {:.2} | {:.2} | {:.2} | {:.2} |",
        times[half] * 1e3,
        ratios[half],
        ratios[quarter],
        ratios[half + quarter]
    );
}
