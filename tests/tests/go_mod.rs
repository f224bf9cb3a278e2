//! What a pasted `go.mod` tells of the size of a program.

use engine::catalog::{Linkage, Modules, Platform, modules_binary};
use engine::go_mod::required;
use engine::size::{Part, Range};
use engine::{Project, Settings, Workspace, analyze};

const SERVICE: &str = "FROM golang:1.22-bookworm AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -ldflags=\"-s -w\" -o /server .
FROM scratch
COPY --from=build /server /server
ENTRYPOINT [\"/server\"]
";

fn parts(text: &str, project: Project) -> Vec<Part> {
    let workspace = Workspace { dockerfile: text.to_owned(), project, ..Workspace::default() };
    let estimate = analyze(&workspace, &Settings::default()).estimate.expect("a stage");
    estimate.layers.into_iter().flat_map(|layer| layer.parts).collect()
}

fn binary(text: &str, go_mod: &str) -> Part {
    let project = Project { go_mod: Some(go_mod.to_owned()), ..Project::default() };
    let found = parts(text, project).into_iter().find(|part| part.what.starts_with("Go binary"));
    found.expect("a program")
}

fn bytes(part: &Part) -> Range {
    part.size.unpacked.expect("a size")
}

#[test]
fn a_go_mod_is_read_however_it_is_pasted() {
    let whole = "module example.com/api // v2\n\ngo 1.26\n\nrequire github.com/gin-gonic/gin v1.9.1\n\
        require (\n\t\"github.com/jackc/pgx/v5\" v5.5.0\n\tgolang.org/x/net v0.1.0 // indirect\n)\n\
        replace (\n\tgithub.com/lib/pq => ../pq\n)\nexclude github.com/rs/zerolog v1.0.0\n\
        tool golang.org/x/tools/cmd/stringer\n";
    assert_eq!(required(whole), ["github.com/gin-gonic/gin", "github.com/jackc/pgx/v5"]);
    let piece = "\tgithub.com/gin-gonic/gin v1.9.1\r\n\tgo.uber.org/zap v1.2.3\r\n)\n";
    assert_eq!(required(piece), ["github.com/gin-gonic/gin", "go.uber.org/zap"]);
    let odd = "require(\ngithub.com/gin-gonic/gin v1.9.1\n";
    assert_eq!(required(odd), ["github.com/gin-gonic/gin"]);
    for nothing in ["", "go 1.26", "require", "require (", ")", "((((", "FROM golang:1.26", "// x"]
    {
        assert_eq!(required(nothing), Vec::<&str>::new(), "{nothing}");
    }
}

#[test]
fn modules_are_known_by_path_whatever_their_version() {
    let found = Modules::of([
        "github.com/jackc/pgx/v5",
        "github.com/gin-gonic/gin",
        "github.com/aws/aws-sdk-go-v2/service/s3",
        "github.com/aws/aws-sdk-go-v2/config",
        "github.com/stretchr/testify",
        "example.com/own",
        "github.com/gin-gonic/gin-contrib",
    ]);
    assert_eq!(found.known, ["AWS SDK v2", "gin", "pgx"]);
    assert_eq!(found.unknown, ["example.com/own", "github.com/gin-gonic/gin-contrib"]);
    assert!(Modules::of(["github.com/stretchr/testify"]).is_standard_library());
}

/// Programs with several modules that were measured as a whole by Go 1.22 for amd64: bytes with
/// symbols and stripped.
const MEASURED: [(&[&str], u64, u64); 3] = [
    (
        &[
            "github.com/gin-gonic/gin",
            "github.com/jackc/pgx/v4",
            "go.uber.org/zap",
            "github.com/prometheus/client_golang",
        ],
        21_804_735,
        14_864_536,
    ),
    (
        &[
            "google.golang.org/grpc",
            "github.com/jackc/pgx/v4",
            "go.uber.org/zap",
            "github.com/prometheus/client_golang",
        ],
        19_700_152,
        13_418_648,
    ),
    (
        &[
            "github.com/gin-gonic/gin",
            "github.com/aws/aws-sdk-go",
            "github.com/Shopify/sarama",
            "github.com/prometheus/client_golang",
        ],
        27_093_754,
        19_947_672,
    ),
];

#[test]
fn programs_with_several_modules_are_as_large_as_they_were_measured() {
    for (paths, whole, stripped) in MEASURED {
        let modules = Modules::of(paths.iter().copied());
        assert_eq!(modules.known.len(), paths.len());
        for (is_stripped, truth) in [(false, whole), (true, stripped)] {
            let size =
                modules_binary(&modules, "1.22", is_stripped, Linkage::Pure, Platform::Amd64);
            let range = size.unpacked.expect("a size");
            assert!(range.low <= truth && truth <= range.high, "{paths:?}: {range:?} for {truth}");
            let off = range.likely.abs_diff(truth) * 100 / truth;
            assert!(off <= 15, "{paths:?}: {off} % off");
        }
    }
}

#[test]
fn a_go_mod_narrows_the_range_and_says_why() {
    let without = bytes(&binary(SERVICE, ""));
    let standard = binary(SERVICE, "module example.com/api\n\ngo 1.22\n");
    let gin = binary(SERVICE, "require github.com/gin-gonic/gin v1.9.1\n");
    let open = binary(
        SERVICE,
        "require github.com/gin-gonic/gin v1.9.1\nrequire k8s.io/client-go v0.30.0\n",
    );
    let width = |range: Range| range.high - range.low;
    assert!(width(bytes(&standard)) < width(without));
    assert!(width(bytes(&gin)) < width(without));
    assert!(bytes(&standard).likely < bytes(&gin).likely);
    assert!(gin.why.contains("gin by your go.mod"), "{}", gin.why);
    assert!(gin.source.contains("each module alone"), "{}", gin.source);
    // What was not measured is named, and may be much.
    assert_eq!(bytes(&open).likely, bytes(&gin).likely);
    assert!(bytes(&open).high > bytes(&gin).high);
    assert!(open.why.contains("k8s.io/client-go"), "{}", open.why);
}

#[test]
fn what_the_user_says_of_the_program_counts_more_than_its_modules() {
    let go_mod = Some("require github.com/gin-gonic/gin v1.9.1\n".to_owned());
    let program = |project| {
        let parts = parts(SERVICE, project);
        bytes(parts.iter().find(|part| part.what.starts_with("Go binary")).expect("a program"))
    };
    let chosen =
        Project { go_mod: go_mod.clone(), profile: Some("hello".into()), ..Project::default() };
    assert!(program(chosen).likely < 2_000_000);
    let given = Project { go_mod, binary_bytes: Some(7), ..Project::default() };
    assert_eq!(program(given), Range::exact(7));
}

#[test]
fn caches_follow_the_modules_too() {
    let single = "FROM golang:1.22\nCOPY . .\nRUN go build -o /server .\nCMD [\"/server\"]\n";
    let caches = |go_mod: &str| {
        let project = Project { go_mod: Some(go_mod.to_owned()), ..Project::default() };
        let parts = parts(single, project);
        bytes(parts.iter().find(|part| part.what.contains("cache of Go")).expect("caches"))
    };
    let standard = caches("module example.com/api\n");
    let gin = caches("require github.com/gin-gonic/gin v1.9.1\n");
    assert!(standard.likely < gin.likely && gin.high < caches("").high);
}

#[test]
fn sqlite_counts_where_cgo_links_it_in() {
    let cgo = SERVICE.replace("CGO_ENABLED=0", "CGO_ENABLED=1");
    let sqlite = "require github.com/mattn/go-sqlite3 v1.14.0\n";
    let with = binary(&cgo, sqlite);
    assert!(with.why.contains("SQLite"), "{}", with.why);
    assert!(bytes(&with).likely > bytes(&binary(&cgo, "module x\n")).likely + 1_000_000);
    assert!(!binary(SERVICE, sqlite).why.contains("SQLite"));
}

#[test]
fn a_long_go_mod_takes_no_time() {
    let long = "require github.com/gin-gonic/gin v1.9.1\n".repeat(200_000);
    let part = binary(SERVICE, &long);
    assert!(part.why.contains("gin"));
}
