use super::*;
use crate::measurement::{Run, Worker};
use std::time::Duration;

/// How a mode behaves on a machine with nothing else to do.
#[derive(Clone, Copy)]
struct Shape {
    workers: usize,
    /// Seconds on the wall, and of the processor.
    wall: f64,
    cpu: f64,
    /// Share of its time in which a worker is blocked.
    blocked: f64,
    /// Voluntary switches for a second of processor time.
    switches: f64,
}

const ALONE: Shape = Shape {
    workers: 1,
    wall: 1.0,
    cpu: 1.0,
    blocked: 0.0,
    switches: 2.0,
};
/// Two threads that compute under one lock.
const TURNS: Shape = Shape {
    workers: 2,
    wall: 1.08,
    cpu: 1.02,
    blocked: 0.48,
    switches: 500.0,
};
/// Two processes that compute.
const TOGETHER: Shape = Shape {
    workers: 2,
    wall: 0.53,
    cpu: 1.03,
    blocked: 0.01,
    switches: 20.0,
};
/// Tasks that sleep.
const ASLEEP: Shape = Shape {
    workers: 3,
    wall: 1.01,
    cpu: 0.002,
    blocked: 0.99,
    switches: 900.0,
};

/// What the machine does besides, and how much any two runs differ.
#[derive(Clone, Copy)]
struct Machine {
    others: f64,
    jitter: f64,
}

const QUIET: Machine = Machine {
    others: 0.02,
    jitter: 0.02,
};
/// Another process keeps one of the two cores busy.
const BUSY: Machine = Machine {
    others: 1.0,
    jitter: 0.15,
};

fn mode(shape: Shape, machine: Machine, random: &mut fastrand::Rng) -> Mode {
    let seconds = Duration::from_secs_f64;
    let mut run = || {
        let slower = 1.0 + machine.others * 0.7 + machine.jitter * random.f64();
        let each = shape.cpu / f64::from(u32::try_from(shape.workers).unwrap());
        let worker = Worker {
            running: seconds(each),
            queued: seconds(each * (slower - 1.0)),
            blocked: seconds(each * shape.blocked / (1.0 - shape.blocked)),
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small count"
        )]
        Run {
            wall: seconds(shape.wall * slower),
            cpu: seconds(shape.cpu * (1.0 + 0.02 * random.f64())),
            switches: (shape.switches * shape.cpu) as u64,
            others: seconds(machine.others * shape.wall * slower),
            stolen: Duration::ZERO,
            resident_kib: 0,
            threads: vec![worker; shape.workers],
        }
    };
    Mode {
        workers: shape.workers,
        runs: (0..12).map(|_| run()).collect(),
    }
}

fn measurement(base: Shape, other: Shape, machine: Machine, seed: u64) -> Measurement {
    let mut random = fastrand::Rng::with_seed(seed);
    Measurement {
        cores: 2,
        base: mode(base, machine, &mut random),
        control: mode(base, machine, &mut random),
        other: mode(other, machine, &mut random),
        patient: Mode::default(),
        locked: Mode::default(),
        work: Some(1.0),
    }
}

fn answer(claim: Claim, base: Shape, other: Shape, machine: Machine) -> Answer {
    judge(claim, &measurement(base, other, machine, 7), Noisy::Refused).answer
}

#[test]
fn threads_that_take_turns_and_processes_that_do_not() {
    for machine in [QUIET, BUSY] {
        assert_eq!(
            answer(Claim::NoSpeedUp, ALONE, TURNS, machine),
            Answer::Holds
        );
        assert_eq!(
            answer(Claim::NoSpeedUp, ALONE, TOGETHER, machine),
            Answer::Fails
        );
        assert_eq!(
            answer(Claim::SpeedUp(2.0), ALONE, TURNS, machine),
            Answer::Fails
        );
        let four = Shape {
            workers: 4,
            ..TOGETHER
        };
        let needs = Answer::NeedsCores(4);
        assert_eq!(answer(Claim::SpeedUp(4.0), ALONE, four, machine), needs);
    }
    assert_eq!(
        answer(Claim::SpeedUp(2.0), ALONE, TOGETHER, QUIET),
        Answer::Holds
    );
}

#[test]
fn a_busy_machine_is_no_clock() {
    let told = answer(Claim::SpeedUp(2.0), ALONE, TOGETHER, BUSY);
    assert!(
        matches!(told, Answer::CannotTell(Doubt::Noise(Noise::Others(_)))),
        "{told:?}"
    );
}

#[test]
fn waits_overlap_on_a_busy_machine_as_well() {
    let longest = Shape {
        workers: 1,
        ..ASLEEP
    };
    let still = Machine {
        others: 1.0,
        jitter: 0.0,
    };
    assert_eq!(
        answer(Claim::Overlap, longest, ASLEEP, still),
        Answer::Holds
    );
    let sum = Shape {
        wall: 3.0,
        ..ASLEEP
    };
    assert_eq!(answer(Claim::Overlap, longest, sum, still), Answer::Fails);
    // Tasks that compute do not wait for each other's end: their times add up.
    let sum = Shape {
        wall: 3.0,
        cpu: 3.0,
        blocked: 0.0,
        switches: 2.0,
        workers: 1,
    };
    assert_eq!(answer(Claim::Overlap, ALONE, sum, QUIET), Answer::Fails);
}

#[test]
fn which_of_two_ways_is_faster() {
    let way = |cpu| Shape {
        wall: cpu,
        cpu,
        ..ALONE
    };
    for (claim, other, expected) in [
        (Claim::Faster, way(0.6), Answer::Holds),
        (Claim::Faster, way(1.0), Answer::Fails),
        (Claim::Faster, way(1.3), Answer::Fails),
        (Claim::Saves(0.2, 0.3), way(0.75), Answer::Holds),
        (Claim::Saves(0.2, 0.3), way(0.95), Answer::Fails),
        (Claim::Saves(0.2, 0.3), way(0.5), Answer::Fails),
    ] {
        assert_eq!(answer(claim, ALONE, other, QUIET), expected, "{claim:?}");
    }
    let told = answer(Claim::Faster, ALONE, way(0.945), QUIET);
    assert!(
        matches!(told, Answer::CannotTell(Doubt::Spread(_))),
        "{told:?}"
    );
}

#[test]
fn identical_work_is_never_faster_or_slower() {
    for seed in 0..40 {
        for machine in [QUIET, BUSY] {
            let same = measurement(ALONE, ALONE, machine, seed);
            assert_ne!(
                judge(Claim::Faster, &same, Noisy::Refused).answer,
                Answer::Holds
            );
            assert_ne!(
                judge(Claim::SpeedUp(2.0), &same, Noisy::Refused).answer,
                Answer::Holds
            );
            let interval = judge(Claim::Faster, &same, Noisy::Refused).ratio.unwrap();
            assert!(interval.low < 1.05 && interval.high > 0.95, "{interval:?}");
        }
    }
}

#[test]
fn few_runs_say_nothing() {
    let mut few = measurement(ALONE, TOGETHER, QUIET, 1);
    few.base.runs.truncate(3);
    let told = judge(Claim::SpeedUp(2.0), &few, Noisy::Refused).answer;
    assert_eq!(told, Answer::CannotTell(Doubt::Noise(Noise::FewRuns(3))));
    few.base.runs.clear();
    assert_eq!(
        judge(Claim::Faster, &few, Noisy::Refused).answer,
        Answer::CannotTell(Doubt::NoRuns)
    );
}

#[test]
fn seconds_are_graded_where_nothing_but_time_passes() {
    let waits = |wall| Shape { wall, ..ASLEEP };
    let said = |said, base| Claim::Seconds { said, base };
    for machine in [QUIET, BUSY] {
        let still = Machine {
            others: 0.0,
            ..machine
        };
        for (seconds, expected) in [
            (3.0, Answer::Holds),
            (1.0, Answer::Fails),
            (6.0, Answer::Fails),
        ] {
            let told = answer(said(seconds, None), ALONE, waits(3.0), still);
            assert_eq!(told, expected, "{seconds}");
        }
    }
    let works = answer(said(5.0, None), ALONE, ALONE, QUIET);
    assert_eq!(works, Answer::CannotTell(Doubt::Machine));
}

#[test]
fn seconds_of_work_are_held_against_each_other() {
    let mut measured = measurement(ALONE, TOGETHER, QUIET, 3);
    let told = |said, measured: &Measurement| {
        let base = Some(2.0);
        judge(Claim::Seconds { said, base }, measured, Noisy::Refused).answer
    };
    assert_eq!(told(1.0, &measured), Answer::Holds);
    assert_eq!(told(4.0, &measured), Answer::Fails);
    // Four times the work for four processes: not in less than the time of one, with any number of cores.
    measured.work = Some(4.0);
    measured.other.workers = 4;
    assert_eq!(told(0.5, &measured), Answer::Fails);
    assert_eq!(told(2.0, &measured), Answer::NeedsCores(4));
    // Threads that take turns do four times the work in four times the time, with any number of cores.
    measured.other = measurement(ALONE, TURNS, BUSY, 3).other;
    measured.other.workers = 4;
    assert_eq!(told(2.0, &measured), Answer::Fails);
}

#[test]
fn words_for_a_magnitude() {
    let takes = |wall| Shape {
        wall,
        cpu: wall,
        ..ALONE
    };
    for (claim, wall, expected) in [
        (Claim::Instant, 0.001, Some(Answer::Holds)),
        (Claim::Instant, 5.0, Some(Answer::Fails)),
        (Claim::Instant, 0.5, None),
        (Claim::AtLeast(60.0), 80.0, Some(Answer::Holds)),
        (Claim::AtLeast(60.0), 1.0, Some(Answer::Fails)),
        (Claim::AtLeast(60.0), 10.0, None),
    ] {
        let told = answer(claim, ALONE, takes(wall), BUSY);
        match expected {
            Some(expected) => assert_eq!(told, expected, "{claim:?} {wall}"),
            None => assert!(matches!(told, Answer::CannotTell(_)), "{claim:?} {wall}"),
        }
    }
}

#[test]
fn the_interpreters_lock_is_told_from_others() {
    let turns = |switches: f64| {
        let shape = Shape { switches, ..TURNS };
        measurement(ALONE, shape, BUSY, 7).other
    };
    for (patient, expected) in [
        (turns(60.0), Some(Lock::Interpreter)),
        (turns(490.0), Some(Lock::Another)),
        (turns(260.0), None),
        (Mode::default(), None),
    ] {
        let measurement = Measurement {
            patient,
            ..measurement(ALONE, TURNS, QUIET, 7)
        };
        let told = judge(Claim::NoSpeedUp, &measurement, Noisy::Refused);
        assert_eq!((told.answer, told.lock), (Answer::Holds, expected));
    }
}

#[test]
fn without_its_lock_an_interpreter_shows_what_the_lock_does() {
    let free = measurement(ALONE, TOGETHER, BUSY, 7);
    for (locked, expected) in [(TURNS, Some(Lock::Interpreter)), (TOGETHER, None)] {
        let measurement = Measurement {
            locked: measurement(ALONE, locked, BUSY, 7).other,
            ..free.clone()
        };
        let told = judge(Claim::NoSpeedUp, &measurement, Noisy::Refused);
        assert_eq!((told.answer, told.lock), (Answer::Fails, expected));
    }
}

#[test]
fn a_noisy_machine_may_be_allowed() {
    let faster = Shape {
        wall: 0.5,
        cpu: 0.5,
        ..ALONE
    };
    let claim = Claim::SpeedUp(2.0);
    let busy = measurement(ALONE, faster, BUSY, 7);
    assert!(matches!(
        judge(claim, &busy, Noisy::Refused).answer,
        Answer::CannotTell(Doubt::Noise(_))
    ));
    assert_eq!(judge(claim, &busy, Noisy::Allowed).answer, Answer::Holds);
}
