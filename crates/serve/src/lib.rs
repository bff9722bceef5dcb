//! A small web server for one person on one machine.

mod answer;
mod gate;
mod head;
mod request;
mod server;

pub use answer::{Answer, Status};
pub use gate::SECRET_FIELD;
pub use request::{Cut, Method, Request};
pub use server::{Ender, Server};
