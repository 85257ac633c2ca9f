//! Running the real program, and what tests ask of it.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use eks_fargate_role_sandbox::{Request, Sandbox, World, trust_policy};
use serde_json::Value;

pub const REGION: &str = "us-west-2";
pub const ACCOUNT: &str = "111122223333";

/// What a run of the program left.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}:\n{}\n{}", self.stdout, self.stderr))
    }

    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no {text:?} in:\n{}", self.stderr);
        self
    }
}

pub fn program() -> &'static str {
    env!("CARGO_BIN_EXE_eks-fargate-role")
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The program in an environment that has nothing of the machine's own AWS configuration.
pub fn command<K: AsRef<OsStr>>(env: impl IntoIterator<Item = (K, String)>) -> Command {
    let mut command = Command::new(program());
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", "/nonexistent");
    command.envs(env).current_dir(root());
    command
}

pub fn run_with<K: AsRef<OsStr>>(env: impl IntoIterator<Item = (K, String)>, line: &str, input: &str) -> Run {
    let mut child = command(env)
        .args(line.split_whitespace())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read its input may be gone by now.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

pub fn run(sandbox: &Sandbox, line: &str) -> Run {
    run_with(sandbox.env(), line, "")
}

/// The program without any AWS: what it must not need.
pub fn run_offline(line: &str, input: &str) -> Run {
    run_with([("AWS_EC2_METADATA_DISABLED", "true".to_owned())], line, input)
}

pub fn writes(sandbox: &Sandbox) -> Vec<String> {
    sandbox.requests().iter().filter(|request| request.is_write()).map(|request| request.operation.clone()).collect()
}

#[track_caller]
pub fn assert_no_request_twice(requests: &[Request]) {
    let mut seen = std::collections::BTreeSet::new();
    for request in requests {
        let key = format!("{} {} {}", request.operation, request.resource, request.parameters);
        assert!(seen.insert(key.clone()), "asked twice: {key}");
    }
}

/// A cluster `shop` and a role that is right for it.
pub fn small_world() -> World {
    let mut world = World::new();
    world.settings.profile_creation = std::time::Duration::from_millis(300);
    let managed = world.managed_arn("AmazonEKSFargatePodExecutionRolePolicy");
    world.role("good", trust_policy(REGION, ACCOUNT, "shop")).attach(&managed);
    world.cluster("shop");
    world
}

/// The ids of findings, in order.
pub fn ids(document: &Value) -> Vec<String> {
    document["findings"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap().to_owned()).collect()
}

/// Holds a document against its committed JSON Schema.
#[track_caller]
pub fn assert_fits_schema(document: &Value, name: &str) {
    let path = root().join(format!("schemas/{name}.schema.json"));
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?} in {document:#}");
}

/// Compares a committed file with what it is generated from; `UPDATE=1` writes it.
#[track_caller]
pub fn assert_committed(path: &Path, text: &str) {
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == text, "{} is not up to date: run UPDATE=1 cargo test\n{text}", path.display());
}
