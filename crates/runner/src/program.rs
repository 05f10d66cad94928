//! This program itself, as it is called to become a slot.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The hidden subcommand under which a binary calls itself to become a slot.
pub const SLOT_COMMAND: &str = "__slot";

/// What a Python does to become a slot with the extension module that it is given the path of.
///
/// Nothing that it made may stay where a snippet would see it: it loads the module beside the usual ways, and calls
/// it from where no frame of Python stands below.
const BECOME_A_SLOT: &str = "\
import _imp, sys
from _frozen_importlib import ModuleSpec
sys.path.pop(0)
module = _imp.create_dynamic(ModuleSpec('_snipcheck', None, origin=sys.argv[1]))
_imp.exec_dynamic(module)
sys.excepthook = module.slot
raise Exception";

/// How this program becomes a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The file that this code is in.
    pub(crate) file: PathBuf,
    /// What is started.
    pub(crate) executable: PathBuf,
    /// What it is given.
    pub(crate) arguments: Vec<OsString>,
}

impl Program {
    /// A binary that calls [`slot`](crate::slot) when called with [`SLOT_COMMAND`].
    pub fn binary(file: PathBuf) -> Program {
        Program {
            arguments: vec![SLOT_COMMAND.into()],
            executable: file.clone(),
            file,
        }
    }

    /// An extension module in `file`, called `_snipcheck`, for the interpreter at `python`: its function `slot`
    /// takes any arguments and calls [`slot`](crate::slot).
    pub fn module(file: PathBuf, python: PathBuf) -> Program {
        Program {
            arguments: vec!["-c".into(), BECOME_A_SLOT.into(), file.clone().into()],
            executable: python,
            file,
        }
    }
    /// The Python that it is part of; nothing for a program of its own.
    pub fn python(&self) -> Option<&Path> {
        self.is_module().then_some(self.executable.as_path())
    }

    /// Whether it is part of a Python package.
    pub(crate) fn is_module(&self) -> bool {
        self.file != self.executable
    }
}
