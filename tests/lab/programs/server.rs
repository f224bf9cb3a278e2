// Uses what services use: threads, a socket, the clock, files, and another process.
use std::{fs, net, process, thread, time};

fn main() {
    let listener = net::TcpListener::bind("127.0.0.1:0").expect("a socket");
    let _ = listener.local_addr();
    let _ = time::SystemTime::now().duration_since(time::UNIX_EPOCH);
    let _ = fs::read_dir("/");
    let _ = process::Command::new("/nowhere").current_dir("/").spawn();
    let caught = std::panic::catch_unwind(|| thread::spawn(|| 1 + 1).join());
    assert!(caught.is_ok());
    println!("started");
}
