//! scratch
use snipcheck_core::*;
use snipcheck_runner::*;
fn main() {
    let unit = |_| WorkUnit {
        id: SnippetId("g/a".into()),
        guide: "g.md".into(),
        code: Part {
            first: Line::new(10),
            code: "print(1)".into(),
        },
        context: vec![],
        prelude: vec![],
        imports_repaired: false,
        top_level_await: false,
        by_statement: false,
        watches: vec![],
        limits: Limits::default(),
    };
    let engine = if std::env::args().nth(1).as_deref() == Some("s") {
        Engine::Subprocess
    } else {
        Engine::Embedded
    };
    let jobs: usize = std::env::args().nth(2).unwrap().parse().unwrap();
    let n: usize = std::env::args().nth(3).unwrap().parse().unwrap();
    let units: Vec<_> = (0..n).map(unit).collect();
    let python = match std::env::args().nth(4) {
        Some(p) => interpreter::probe(&p).unwrap(),
        None => interpreter::embedded().unwrap(),
    };
    let program = "/work/main/target/release/snipcheck-slot".into();
    let options = Options {
        engine,
        python,
        jobs: std::num::NonZeroUsize::new(jobs).unwrap(),
        hash_seed: 0,
        program,
    };
    let t = std::time::Instant::now();
    let mut first = None;
    let mut d = vec![];
    let mut bad = 0;
    run(&units, &options, &mut |_, o| {
        first.get_or_insert(t.elapsed());
        d.push(o.duration_ms);
        if o.stdout.text != "1\n" {
            bad += 1;
            println!("{o:?}")
        }
    })
    .unwrap();
    let total = t.elapsed();
    d.sort_by(f64::total_cmp);
    println!(
        "{engine} jobs={jobs}: first after {:?}, then {:.2} ms each (wall), median fork-to-end {:.2} ms, bad {bad}",
        first.unwrap(),
        (total - first.unwrap()).as_secs_f64() * 1000.0 / (n - 1) as f64,
        d[d.len() / 2]
    );
}
