//! The running emulator: receives requests, lets faults take over, writes the log.

use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use tokio::runtime::Runtime;
use tokio::time::sleep;

use crate::answer::{self, Answer, Failure};
use crate::call::Call;
use crate::log::{Log, Request};
use crate::world::{FaultKind, World};
use crate::{eks, iam};

/// A running emulator. It stops when dropped.
pub struct Sandbox {
    url: String,
    shared: Arc<Shared>,
    runtime: Option<Runtime>,
}

impl Sandbox {
    /// Serves `world` on a free port of loopback, on a thread of its own.
    pub fn start(world: World) -> Sandbox {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port on loopback");
        listener.set_nonblocking(true).expect("a non-blocking listener");
        let url = format!("http://{}", listener.local_addr().expect("a bound address"));
        let shared = Arc::new(Shared { world: Mutex::new(world), log: Mutex::default() });

        let app = Router::new().fallback(serve).with_state(Arc::clone(&shared));
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            axum::serve(listener, app).await.expect("a server that does not end");
        });
        Sandbox { url, shared, runtime: Some(runtime) }
    }

    /// `http://127.0.0.1:PORT`
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The environment that points an AWS client at this emulator, and at nothing else.
    pub fn env(&self) -> Vec<(&'static str, String)> {
        vec![
            ("AWS_ENDPOINT_URL", self.url.clone()),
            ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE".into()),
            ("AWS_SECRET_ACCESS_KEY", "sandbox".into()),
            ("AWS_REGION", self.world().region.clone()),
            ("AWS_EC2_METADATA_DISABLED", "true".into()),
            ("AWS_CONFIG_FILE", "/dev/null".into()),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null".into()),
        ]
    }

    /// The state, up to date, to read or change. No request is answered while the guard is held.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.shared.world()
    }

    /// The requests so far, in order of arrival.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.log().requests()
    }

    /// Forgets the requests so far.
    pub fn clear_requests(&self) {
        self.shared.log().clear();
    }

    /// The longest sequence of requests in which each started after the one before had been answered.
    pub fn longest_chain(&self) -> Vec<Request> {
        self.shared.log().longest_chain()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

struct Shared {
    world: Mutex<World>,
    log: Mutex<Log>,
}

impl Shared {
    /// A test that panicked with the guard in its hands must not take the emulator with it.
    fn world(&self) -> MutexGuard<'_, World> {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        world.settle();
        world
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn perform(&self, call: &Call) -> Answer {
        let mut world = self.world();
        match call.service.as_str() {
            "eks" => eks::answer(&mut world, call),
            "iam" => iam::answer(&mut world, call),
            "sts" => iam::caller_identity(&world, call),
            "" => Err(Failure::new(403, "MissingAuthenticationTokenException", "Missing Authentication Token")),
            other => Err(Failure::new(404, "UnknownService", &format!("The sandbox has no service {other}"))),
        }
    }
}

async fn serve(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let call = Call::read(&method, &uri, &headers, &body);
    let ticket = shared.log().arrived(&call);
    let (latency, fault) = shared.world().admit(&call);
    sleep(latency).await;
    let response = respond(&shared, &call, fault).await;
    shared.log().answered(ticket, response.status().as_u16());
    response
}

/// What the client gets: the service's own answer, unless a fault takes its place.
async fn respond(shared: &Shared, call: &Call, mut fault: Option<FaultKind>) -> Response {
    let mut outcome = None;
    if let Some(FaultKind::After(kind)) = fault {
        outcome = Some(shared.perform(call));
        fault = Some(*kind);
    }
    let failure = match fault {
        Some(FaultKind::Html { status }) => return answer::html(status),
        Some(FaultKind::Throttle) => Some(call.throttled()),
        Some(FaultKind::Denied) => Some(call.denied(&shared.world())),
        Some(FaultKind::Error { status, code, message }) => Some(Failure::new(status, &code, &message)),
        Some(FaultKind::Stall(pause)) => {
            sleep(pause).await;
            None
        }
        Some(FaultKind::After(_)) | None => None,
    };
    let outcome = match failure {
        Some(failure) => Err(failure),
        None => outcome.unwrap_or_else(|| shared.perform(call)),
    };
    answer::render(call, &outcome)
}
