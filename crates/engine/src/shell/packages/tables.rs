//! What each package manager is called, which of its commands install, and which of its flags
//! take the next word as their value. Lists are words with blanks between them.

use super::Manager;

/// How one family of commands is written.
#[derive(Debug)]
pub(super) struct Syntax {
    pub manager: Manager,
    /// Words that may stand before the command: `uv pip install`, `yarn global add`.
    pub groups: &'static str,
    /// The commands that install what they name.
    pub verbs: &'static str,
    /// Flags whose value is the next word, unless it is joined to them.
    pub valued: &'static str,
    /// Flags that name files with packages, or packages that lie in a folder.
    pub listing: &'static str,
    /// The signs that end the name of a package; behind them stands its version.
    pub signs: &'static str,
}

const APT: &str =
    "-o --option -c --config-file -t --target-release --default-release -a --host-architecture";
const RPM: &str = "-c --config --from --repo --repoid --enablerepo --disablerepo --setopt -x --exclude \
    --installroot --releasever --forcearch --comment --advisory -R --randomwait -d -e";
const PIP: &str = "-t --target --platform --python-version --implementation --abi --root --prefix \
    --src --upgrade-strategy -C --config-settings --config-setting --global-option --install-option \
    --no-binary --only-binary --progress-bar --root-user-action --report --group -i --index-url \
    --extra-index-url -f --find-links --python --proxy --retries --timeout --default-timeout \
    --exists-action --trusted-host --cert --client-cert --cache-dir --log --log-file \
    --use-feature --use-deprecated --keyring-provider --hash -b --build";
const PIP_LISTS: &str = "-r --requirement --requirements -c --constraint --constraints -e --editable \
    --override --overrides";
const NODE: &str = "--registry --prefix -C --loglevel --cache --userconfig --globalconfig --tag \
    --omit --include --install-strategy -w --workspace --cwd --dir --cache-folder --modules-folder \
    --network-timeout --network-concurrency --mutex --store-dir --filter -F --before --scope";

/// All families, in the order of [`Manager`].
pub(super) static SYNTAXES: [Syntax; 20] = [
    Syntax {
        manager: Manager::Apk,
        groups: "",
        verbs: "add",
        valued: "-t --virtual -X --repository -p --root --arch --keys-dir --repositories-file \
            --cache-dir --cache-max-age --wait --timeout --progress-fd",
        listing: "",
        signs: "=<>~@",
    },
    Syntax {
        manager: Manager::AptGet,
        groups: "",
        verbs: "install",
        valued: APT,
        listing: "",
        signs: "=/",
    },
    Syntax {
        manager: Manager::Apt,
        groups: "",
        verbs: "install",
        valued: APT,
        listing: "",
        signs: "=/",
    },
    Syntax {
        manager: Manager::Dnf,
        groups: "module group",
        verbs: "install",
        valued: RPM,
        listing: "",
        signs: "",
    },
    Syntax {
        manager: Manager::Microdnf,
        groups: "module",
        verbs: "install",
        valued: RPM,
        listing: "",
        signs: "",
    },
    Syntax {
        manager: Manager::Tdnf,
        groups: "",
        verbs: "install",
        valued: RPM,
        listing: "",
        signs: "",
    },
    Syntax {
        manager: Manager::Yum,
        groups: "module group",
        verbs: "install localinstall",
        valued: RPM,
        listing: "",
        signs: "",
    },
    Syntax {
        manager: Manager::Zypper,
        groups: "",
        verbs: "install in",
        valued: "-r --repo --from -t --type -R --root --installroot -c --config -D --reposd-dir \
            -C --cache-dir --solv-cache-dir --raw-cache-dir --pkg-cache-dir --releasever \
            --plus-repo -p --plus-content",
        listing: "",
        signs: "=<>",
    },
    Syntax {
        manager: Manager::Pip,
        groups: "",
        verbs: "install",
        valued: PIP,
        listing: PIP_LISTS,
        signs: "=<>!~[;@ ",
    },
    Syntax {
        manager: Manager::Pipx,
        groups: "",
        verbs: "install",
        valued: "--pip-args --python --index-url -i --suffix --preinstall",
        listing: "-e --editable",
        signs: "=<>!~[;@ ",
    },
    Syntax {
        manager: Manager::Uv,
        groups: "pip tool",
        verbs: "install add",
        valued: "-t --target --prefix -p --python --index --default-index -i --index-url \
            --extra-index-url -f --find-links --no-binary --only-binary --cache-dir --resolution \
            --project --directory --config-file --group --extra --allow-insecure-host",
        listing: PIP_LISTS,
        signs: "=<>!~[;@ ",
    },
    Syntax {
        manager: Manager::Npm,
        groups: "",
        verbs: "install i add in",
        valued: NODE,
        listing: "",
        signs: "@",
    },
    Syntax {
        manager: Manager::Yarn,
        groups: "global",
        verbs: "add",
        valued: NODE,
        listing: "",
        signs: "@",
    },
    Syntax {
        manager: Manager::Pnpm,
        groups: "",
        verbs: "add install i",
        valued: NODE,
        listing: "",
        signs: "@",
    },
    Syntax {
        manager: Manager::Gem,
        groups: "",
        verbs: "install i",
        valued: "-v --version --platform -i --install-dir -n --bindir --document --build-root \
            -P --trust-policy -B --bulk-threshold -s --source -p --http-proxy --config-file \
            --without --target-rbconfig -j",
        listing: "-g --file",
        signs: ":",
    },
    Syntax {
        manager: Manager::Bundle,
        groups: "",
        verbs: "add",
        valued: "-v --version -g --group -s --source --path --jobs -j --retry --gemfile --without",
        listing: "",
        signs: "",
    },
    Syntax {
        manager: Manager::Go,
        groups: "",
        verbs: "install get run",
        valued: "-C -o -p -asmflags -buildmode -buildvcs -compiler -covermode -coverpkg -exec \
            -gccgoflags -gcflags -installsuffix -ldflags -mod -modfile -overlay -pgo -pkgdir -tags \
            -toolexec",
        listing: "",
        signs: "@",
    },
    Syntax {
        manager: Manager::Cargo,
        groups: "",
        verbs: "install binstall",
        valued: "--version --vers --git --branch --tag --rev --path --registry --index --root -F \
            --features --profile --target --target-dir -j --jobs --config --color --bin --example",
        listing: "--path",
        signs: "@",
    },
    Syntax {
        manager: Manager::Composer,
        groups: "global",
        verbs: "require",
        valued: "-d --working-dir --prefer-install",
        listing: "",
        signs: ":=",
    },
    Syntax {
        manager: Manager::Conda,
        groups: "",
        verbs: "install",
        valued: "-c --channel -n --name -p --prefix --solver",
        listing: "--file -f",
        signs: "=<>!",
    },
];
