//! What the reader of package managers makes of a command.

use engine::shell::{Install, Invocation, Script, Source};
use engine::source::Span;
use engine::text::Text;

fn script(command: &str) -> Script {
    Script::parse(&Text::from(command), &|range| Span::new(range.start, range.end))
}

/// The packages: `name`, `name version`, `file:name` or `url:name`; `+` if there may be more.
fn installed(command: &str) -> String {
    let script = script(command);
    let Some(install) = script.commands.first().and_then(Install::of) else {
        return "nothing".to_owned();
    };
    let mut packages: Vec<String> = install
        .packages
        .iter()
        .map(|package| match (package.source, &package.version) {
            (Source::File, _) => format!("file:{}", package.name),
            (Source::Url, _) => format!("url:{}", package.name),
            (Source::Repository, Some(version)) => format!("{} {version}", package.name),
            (Source::Repository, None) => package.name.to_string(),
        })
        .collect();
    if install.open_ended {
        packages.push("+".to_owned());
    }
    format!("{:?}: {}", install.manager, packages.join(", "))
}

#[test]
fn packages_are_found_with_version_and_origin() {
    let cases = [
        (
            "apt-get -t stable install -y curl=7.88.1 git/bookworm",
            "AptGet: curl 7.88.1, git bookworm",
        ),
        ("apt-get install ./a.deb $MORE", "AptGet: file:./a.deb, +"),
        (
            "apk add -t .build --no-cache gcc 'musl-dev~1.2' a@edge",
            "Apk: gcc, musl-dev 1.2, a edge",
        ),
        (
            "dnf -y --setopt tsflags=nodocs install git-2.49.0 python3-devel",
            "Dnf: git 2.49.0, python3-devel",
        ),
        ("yum install -y https://example.com/a.rpm", "Yum: url:https://example.com/a.rpm"),
        ("dnf module install nodejs:20", "nothing"),
        ("zypper -n in 'curl>=8'", "Zypper: curl 8"),
        ("pip3.12 install 'flask[async]>=3' -r more.txt", "Pip: flask 3, +"),
        ("python3 -m pip install --index-url https://example.com a==1 .", "Pip: a 1, file:."),
        ("uv pip install ruff==0.5", "Uv: ruff 0.5"),
        ("uv tool install ruff", "Uv: ruff"),
        ("npm i -g @scope/name@1.2 left-pad ./lib", "Npm: @scope/name 1.2, left-pad, file:./lib"),
        ("yarn global add a@1", "Yarn: a 1"),
        ("yarn install", "nothing"),
        ("gem install --no-document rake:13 -- --with-x y", "Gem: rake 13"),
        ("go install -ldflags '-s -w' -tags a example.com/b@v1.0.0", "Go: example.com/b v1.0.0"),
        ("go run example.com/b@latest c d", "Go: example.com/b latest"),
        ("cargo install --version 1 ripgrep", "Cargo: ripgrep"),
        ("composer global require a/b:^1", "Composer: a/b ^1"),
        ("apt-get update", "nothing"),
        ("ls -l", "nothing"),
    ];
    for (command, expected) in cases {
        assert_eq!(installed(command), expected, "{command}");
    }
}

#[test]
fn flags_take_their_values_with_them() {
    let script = script("pip --proxy p install -qr a.txt --trusted-host h --timeout=3 b");
    let found = script.commands.first().and_then(Invocation::of).expect("a command of pip");
    let arguments: Vec<&str> = found.arguments().map(|word| word.text.as_str()).collect();
    let value = |names| Some(found.flag(names)?.value?.text.as_str());
    assert_eq!((found.verb.text.as_str(), arguments), ("install", vec!["b"]));
    assert_eq!(value("--trusted-host"), Some("h"));
    assert_eq!(value("--timeout"), None);
    assert_eq!(value("-qr"), Some("a.txt"));
}
