// Says so and ends.
fn main() {
    println!("started");
}
