//! The program: it starts the page.

fn main() {
    web::run();
}
