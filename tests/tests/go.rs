//! `go build` as it was measured: which files it writes, and how the programs are linked.

use engine::catalog::Libc;
use engine::image::{Cgo, Linking, Origin, simulate};
use engine::model::Model;
use engine::syntax;

/// The files that one RUN in `golang:1.26` writes, in the working directory /src.
fn files(command: &str) -> Vec<String> {
    let text = format!("FROM golang:1.26\nWORKDIR /out\nWORKDIR /src\nRUN {command}\n");
    let tree = syntax::parse(&text);
    let images = simulate(&Model::new(&text, &tree, "linux/amd64"));
    let files = images.iter().flat_map(|image| image.files.iter());
    files.map(|(path, _)| path.to_owned()).collect()
}

#[test]
fn it_writes_where_go_writes() {
    let cases: [(&str, &[&str]); 24] = [
        ("go build -o /server ./cmd/server", &["/server"]),
        ("go build -o bin/server ./cmd/server", &["/src/bin/server"]),
        ("go build ./cmd/server", &["/src/server"]),
        ("go build ./cmd/server/", &["/src/server"]),
        ("go build ./cmd/server/main.go", &["/src/main"]),
        ("go build example.com/big/tool/v2", &["/src/tool"]),
        ("go build .", &[]),
        ("go build -o /out/ ./cmd/a ./cmd/b", &["/out/a", "/out/b"]),
        // The folder is there.
        ("go build -o /out ./cmd/a", &["/out/a"]),
        ("go build -o /out/ ./cmd/...", &[]),
        // Several packages are only compiled.
        ("go build ./cmd/a ./cmd/b", &[]),
        ("go build -o /dev/null ./cmd/a", &[]),
        ("go build -n -o /server ./cmd/a", &[]),
        ("go build -C cmd/a -o tool .", &["/src/cmd/a/tool"]),
        ("go build $FLAGS -o /server ./cmd/a", &["/server"]),
        ("go build -o $OUT ./cmd/a", &[]),
        ("go build -buildmode=plugin -o /out/x.so ./plugin", &[]),
        ("GOOS=windows go build ./cmd/a", &["/src/a.exe"]),
        ("cd cmd/a && go build -o tool", &["/src/cmd/a/tool"]),
        ("env CGO_ENABLED=0 go build -o /server .", &["/server"]),
        ("go install ./cmd/server", &["/go/bin/server"]),
        ("go install example.com/tool/cmd/x@v1.4.2", &["/go/bin/x"]),
        ("GOBIN=/out go install ./cmd/server", &["/out/server"]),
        ("GOARCH=arm64 go install ./cmd/server", &[]),
    ];
    for (command, expected) in cases {
        assert_eq!(files(command), expected, "{command}");
    }
}

#[test]
fn it_links_as_go_links() {
    let cases = [
        ("golang:1.26", "go build .", Cgo::Possible, Linking::Either),
        ("golang:1.26", "CGO_ENABLED=0 go build .", Cgo::Off, Linking::Static),
        ("golang:1.26", "CGO_ENABLED=false go build .", Cgo::Possible, Linking::Either),
        ("golang:1.26", "export CGO_ENABLED=1 && go build .", Cgo::On, Linking::Dynamic),
        ("golang:1.26", "CGO_ENABLED=$CGO go build .", Cgo::Possible, Linking::Either),
        ("golang:1.26-alpine", "go build .", Cgo::Off, Linking::Static),
        // Before 1.20 cgo was on without a compiler too.
        ("golang:1.19-alpine", "go build .", Cgo::Possible, Linking::Either),
        ("golang:1.26-alpine", "apk add build-base && go build .", Cgo::Possible, Linking::Either),
        ("golang:1.26", "GOOS=windows go build .", Cgo::Off, Linking::Static),
        (
            "--platform=linux/amd64 golang:1.26",
            "GOARCH=arm64 go build .",
            Cgo::Off,
            Linking::Static,
        ),
        ("golang:1.26", "GOARCH=arm64 go build .", Cgo::Possible, Linking::Either),
        ("golang:1.26", "CGO_ENABLED=0 go build -buildmode=pie .", Cgo::Off, Linking::Dynamic),
        (
            "golang:1.26",
            "go build -ldflags '-linkmode external -extldflags \"-static\"' .",
            Cgo::Possible,
            Linking::Static,
        ),
        (
            "golang:1.26",
            "go build -ldflags '-extldflags -static' .",
            Cgo::Possible,
            Linking::Either,
        ),
        ("golang:1.26", "GOFLAGS=-buildmode=pie go build .", Cgo::Possible, Linking::Dynamic),
        ("golang:1.26", "go build -race .", Cgo::Possible, Linking::Dynamic),
    ];
    for (base, command, cgo, linking) in cases {
        let text = format!("FROM {base}\nWORKDIR /src\nRUN {command}\n");
        let tree = syntax::parse(&text);
        let images = simulate(&Model::new(&text, &tree, "linux/amd64"));
        let build = images.iter().find_map(|image| image.go_builds.first());
        let found = build.map(|build| (build.cgo, build.linking));
        assert_eq!(found, Some((cgo, linking)), "{base}: {command}");
    }
}

#[test]
fn a_variable_is_taken_for_linux() {
    let text = "FROM golang:1.26\nARG TARGETOS\nRUN GOOS=$TARGETOS go build -o /server .\n";
    let tree = syntax::parse(text);
    let images = simulate(&Model::new(text, &tree, "linux/amd64"));
    let file = images.first().and_then(|image| image.files.get("/server"));
    let Some(Origin::Built(binary)) = file.map(|file| &file.origin) else { panic!("no program") };
    assert_eq!(binary.libc, Some(Libc::Glibc));
}

#[test]
fn it_reads_the_flags_of_the_linker() {
    let text = "FROM golang:1.26\nRUN go build -ldflags=\"-s -X main.a=1 -X 'main.b=two words' -X=main.c=$(git describe --tags)\" .\n";
    let tree = syntax::parse(text);
    let images = simulate(&Model::new(text, &tree, "linux/amd64"));
    let build = images.iter().find_map(|image| image.go_builds.first());
    let linker = build.map(|build| build.linker.clone()).unwrap_or_default();
    assert!(linker.no_symbols && !linker.no_debug && !linker.open);
    let found: Vec<_> = linker
        .variables
        .iter()
        .map(|set| (set.name.as_str(), set.value.as_deref().unwrap_or_default(), set.quoted))
        .collect();
    let expected = [
        ("main.a", "1", false),
        ("main.b", "two words", true),
        ("main.c", "$(git describe --tags)", false),
    ];
    assert_eq!(found, expected);
}
