//! From rules to a program for the kernel (seccomp(2), and its documentation on filters).
//!
//! Made by hand, as it is small and one program has many different answers. A call that is allowed whatever its
//! arguments are is remembered as such by the kernel (since 5.11), so the length of a program costs nothing later.

#![expect(unsafe_code, reason = "a system call")]

use crate::error::JailError;
use libc::{c_int, c_long, sock_filter, sock_fprog};
use std::mem::offset_of;

/// What is answered to a call, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    pub(super) call: c_long,
    pub(super) when: When,
    /// The error that the caller gets; 0 is success, without any effect.
    pub(super) error: c_int,
}

/// Looks at the lower half of an argument, which is all that the calls in question use.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    Always,
    /// Any of these bits is set.
    Bits(u8, u32),
    /// It is this value.
    Is(u8, u32),
    /// It is none of these values.
    Not(u8, &'static [u32]),
}

#[derive(Debug)]
pub(super) struct Program(Vec<sock_filter>);

/// `struct seccomp_data` of `linux/seccomp.h`.
#[repr(C)]
struct Data {
    number: u32,
    architecture: u32,
    instruction: u64,
    arguments: [u64; 6],
}

#[cfg(target_arch = "x86_64")]
const ARCHITECTURE: u32 = 0xC000_003E;
#[cfg(target_arch = "aarch64")]
const ARCHITECTURE: u32 = 0xC000_00B7;

/// Calls of the x32 interface have this bit; no program of today makes them.
#[cfg(target_arch = "x86_64")]
const X32: u32 = 0x4000_0000;

const LOAD: u16 = 0x20;
const RETURN: u16 = 0x06;
const JUMP_IF_EQUAL: u16 = 0x15;
const JUMP_IF_BITS: u16 = 0x45;

const ALLOW: u32 = 0x7FFF_0000;
const KILL_PROCESS: u32 = 0x8000_0000;
const ERROR: u32 = 0x0005_0000;

impl Program {
    pub(super) fn new(rules: &[Rule]) -> Self {
        let mut code = vec![
            load(offset_of!(Data, architecture)),
            jump(JUMP_IF_EQUAL, ARCHITECTURE, 1, 0),
            answer(KILL_PROCESS),
            load(offset_of!(Data, number)),
        ];
        #[cfg(target_arch = "x86_64")]
        code.extend([jump(JUMP_IF_BITS, X32, 0, 1), answer(error(libc::ENOSYS))]);
        for rule in rules {
            add(&mut code, rule);
        }
        code.push(answer(ALLOW));
        Program(code)
    }

    pub(super) fn install(&self) -> Result<(), JailError> {
        let program = sock_fprog {
            len: u16::try_from(self.0.len()).unwrap_or(u16::MAX),
            filter: self.0.as_ptr().cast_mut(),
        };
        // SAFETY: `program` points to as many instructions as it says; the kernel copies them and changes none.
        let answer = unsafe {
            libc::syscall(
                libc::SYS_seccomp,
                libc::SECCOMP_SET_MODE_FILTER,
                0,
                &raw const program,
            )
        };
        if answer < 0 {
            return Err(JailError::last("limit the system calls"));
        }
        Ok(())
    }
}

/// The number is loaded before a rule and after it.
fn add(code: &mut Vec<sock_filter>, rule: &Rule) {
    let number = u32::try_from(rule.call).unwrap_or(u32::MAX);
    let answer = answer(error(rule.error));
    let mut body = match rule.when {
        When::Always => vec![answer],
        When::Bits(at, bits) => vec![argument(at), jump(JUMP_IF_BITS, bits, 0, 1), answer],
        When::Is(at, value) => vec![argument(at), jump(JUMP_IF_EQUAL, value, 0, 1), answer],
        When::Not(at, values) => {
            let mut body = vec![argument(at)];
            let count = u8::try_from(values.len()).unwrap_or(u8::MAX);
            // From each of them over the others and the answer.
            body.extend(
                (0..count)
                    .zip(values)
                    .map(|(n, value)| jump(JUMP_IF_EQUAL, *value, count - n, 0)),
            );
            body.push(answer);
            body
        }
    };
    if !matches!(rule.when, When::Always) {
        body.push(load(offset_of!(Data, number)));
    }
    let length = u8::try_from(body.len()).unwrap_or(u8::MAX);
    code.push(jump(JUMP_IF_EQUAL, number, 0, length));
    code.append(&mut body);
}

fn load(offset: usize) -> sock_filter {
    let offset = u32::try_from(offset).unwrap_or(u32::MAX);
    jump(LOAD, offset, 0, 0)
}

/// The lower half of an argument, on the machines named above, which are little-endian.
fn argument(at: u8) -> sock_filter {
    load(offset_of!(Data, arguments) + 8 * usize::from(at))
}

fn answer(what: u32) -> sock_filter {
    jump(RETURN, what, 0, 0)
}

fn error(number: c_int) -> u32 {
    ERROR | number.unsigned_abs()
}

fn jump(code: u16, k: u32, jt: u8, jf: u8) -> sock_filter {
    sock_filter { code, jt, jf, k }
}
