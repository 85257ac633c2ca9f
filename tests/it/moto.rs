//! The independent referee: the same scenarios against moto's server, which knows nothing of our idea of AWS, and
//! answers what it does not serve in HTML.

use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::support::*;

struct Moto {
    server: Child,
    python: PathBuf,
    url: String,
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn must(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| {
        panic!("the referee needs Python 3 with venv and pip: {command:?}: {error}");
    });
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "the referee cannot be set up: {command:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// A virtual environment with what `tests/moto/requirements.txt` pins, made once.
fn environment() -> PathBuf {
    let requirements = root().join("tests/moto/requirements.txt");
    let folder = root().join("target/moto");
    let python = folder.join("bin/python");
    let stamp = folder.join("installed.txt");
    let wanted = std::fs::read_to_string(&requirements).unwrap();
    if std::fs::read_to_string(&stamp).unwrap_or_default() != wanted {
        must(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder));
        must(Command::new(&python).args(["-m", "pip", "install", "--quiet", "-r"]).arg(&requirements));
        std::fs::write(stamp, wanted).unwrap();
    }
    python
}

impl Moto {
    fn start() -> Self {
        let python = environment();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let server = Command::new(&python)
            .args(["-m", "moto.server", "-H", "127.0.0.1", "-p", &port.to_string()])
            .env("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(started.elapsed() < Duration::from_mins(1), "moto does not start");
            std::thread::sleep(Duration::from_millis(100));
        }
        let moto = Self { server, python, url: format!("http://127.0.0.1:{port}") };
        moto.account(&["seed"]);
        moto
    }

    fn account(&self, arguments: &[&str]) -> String {
        must(Command::new(&self.python).arg(root().join("tests/moto/account.py")).arg(&self.url).args(arguments))
    }

    fn run(&self, line: &str) -> Run {
        let env = [
            ("AWS_ENDPOINT_URL", self.url.clone()),
            ("AWS_REGION", REGION.to_owned()),
            ("AWS_ACCESS_KEY_ID", "test".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
        ];
        run_with(env, line, "")
    }
}

#[test]
fn the_main_job_against_moto() {
    let moto = Moto::start();
    let check = "check -c shop --role shop-fargate -o json";
    let found = moto.run(check).exits(3).json();
    assert_eq!(ids(&found)[0], "trust-principal", "{found:#}");
    // What moto does not serve is told, and leaves the exit code alone.
    assert!(found["notChecked"].as_array().unwrap().iter().all(|entry| entry["decisive"] == false), "{found:#}");

    let before = moto.account(&["trust", "shop-fargate"]);
    moto.run("ensure -c shop --role-name shop-fargate --dry-run").exits(0).says("0 to add, 1 to change");
    assert_eq!(moto.account(&["trust", "shop-fargate"]), before);
    moto.run("ensure -c shop --role-name shop-fargate -y").exits(0);
    let after: Value = serde_json::from_str(&moto.account(&["trust", "shop-fargate"])).unwrap();
    let before: Value = serde_json::from_str(&before).unwrap();
    assert_eq!(after["Statement"][0], before["Statement"][0]);
    assert_eq!(after["Statement"][1], before["Statement"][1]);
    assert_eq!(after["Statement"].as_array().unwrap().len(), 3);
    moto.run(check).exits(0);
    let again = moto.run("ensure -c shop --role-name shop-fargate -y -o json").exits(0).json();
    assert_eq!(again["changed"], false);

    let create = "create-profile -c shop --name batch --namespace batch -y -o json";
    let made = moto.run(create).exits(0).json();
    assert_eq!(made["changed"], true);
    assert_eq!(made["fargateProfile"]["podExecutionRoleArn"], made["roleArn"]);
    assert_eq!(moto.run(create).exits(0).json()["changed"], false);
    let inspected = moto.run("inspect -c shop -o json").exits(0).json();
    assert_eq!(inspected["fargateProfiles"][0]["roleHealth"], "ok", "{inspected:#}");
    moto.run("inspect -c shopp").exits(1).says("shop");
}
