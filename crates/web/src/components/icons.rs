//! Icons as inline SVG in the colour of the text. They are decoration: the words beside them or the
//! label of the button carry the meaning.

use engine::diagnostic::Level;
use engine::size::Verdict;
use yew::{Html, classes, html};

fn icon(body: Html) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor"
            stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"
            focusable="false">{ body }</svg>
    }
}

/// Each level has a shape of its own, so that colour is never needed to tell them apart.
pub fn level(level: Level) -> Html {
    icon(match level {
        Level::Error => html! {
            <><path d="M5.3 1.75h5.4l3.55 3.55v5.4l-3.55 3.55H5.3L1.75 10.7V5.3z" />
            <path d="M6 6l4 4M10 6l-4 4" /></>
        },
        Level::Warning => html! {
            <><path d="M8 2 14.5 13.5h-13z" /><path d="M8 6.5v3.2M8 11.6v.01" /></>
        },
        Level::Info => html! {
            <><circle cx="8" cy="8" r="6.25" /><path d="M8 7.4v3.6M8 5v.01" /></>
        },
        Level::Style => html! { <path d="M8 1.75 14.25 8 8 14.25 1.75 8z" /> },
    })
}

/// The icon of a level in its colour.
pub fn mark(of: Level) -> Html {
    html! { <span class={classes!("level", of.name())}>{ level(of) }</span> }
}

/// A verdict: tick, pencil, cross or question mark.
pub fn verdict(verdict: Verdict) -> Html {
    match verdict {
        Verdict::Starts => check(),
        Verdict::StartsAfterEdits => pencil(),
        Verdict::WouldNotStart | Verdict::WouldNotBuild => cross(),
        Verdict::Unknown => question(),
    }
}

/// Not known.
pub fn question() -> Html {
    icon(html! {
        <><circle cx="8" cy="8" r="6.25" />
        <path d="M6.2 6.3A1.8 1.8 0 0 1 8 4.6c1 0 1.8.7 1.8 1.7C9.8 7.6 8 7.7 8 9M8 11.3v.01" /></>
    })
}

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident: $($path:literal)+;)+) => {
        $($(#[$doc])* pub fn $name() -> Html {
            icon(html! { <>$(<path d={$path} />)+</> })
        })+
    };
}

icons! {
    /// Done, fine.
    check: "M3 8.5 6.5 12 13 4.5";
    /// Not possible, close.
    cross: "M4 4l8 8M12 4l-8 8";
    /// Does not apply.
    dash: "M4 8h8";
    /// A list with ticks.
    checklist: "M2 4l1.5 1.5L6 3M2 11l1.5 1.5L6 10" "M8.5 4.5H14M8.5 11.5H14";
    /// Edit.
    pencil: "M10.5 3 13 5.5 5.5 13H3v-2.5z";
    /// Repair.
    wand: "M2.5 13.5 9 7" "M11.5 1.5v3M10 3h3M12.5 8v2M11.5 9h2M6 2v2M5 3h2";
    /// Unfolds downwards.
    chevron: "M4 6l4 4 4-4";
    /// To the left.
    back: "M10 3.5 5.5 8l4.5 4.5";
    /// Share.
    share: "M8 10V2M5 4.5 8 1.75 11 4.5M4.5 7.5H3v6.75h10V7.5h-1.5";
    /// To another page.
    open: "M6.5 3.5h-4v10h10v-4M9 2.5h4.5V7M13.5 2.5 7.5 8.5";
    /// Not done yet.
    ring: "M8 2.75a5.25 5.25 0 1 0 0 10.5 5.25 5.25 0 1 0 0-10.5";
    /// Copy.
    copy: "M5.5 5.5h8v8h-8z" "M10.5 5.5v-3h-8v8h3";
    /// To the disk.
    save: "M8 2v8M5 7.5 8 10.5 11 7.5M2.5 10.5V14h11v-3.5";
    /// Bring into order.
    indent: "M2 3h12M6 6.5h8M6 9.5h8M2 13h12" "M2 6l2 2-2 2";
    /// Start over.
    reset: "M3 3v3.5h3.5" "M3.3 6.4a5.2 5.2 0 1 1-.4 3";
    /// Empty.
    trash: "M2.5 4h11M6 4V2.5h4V4M4 4l.7 9.5h6.6L12 4";
    /// A list of texts.
    book: "M2 3h4.5C7.3 3 8 3.7 8 4.5V13c0-.7-.6-1.2-1.3-1.2H2zM14 3H9.5C8.7 3 8 3.7 8 4.5V13c0-.7.6-1.2 1.3-1.2H14z";
    /// A link.
    link: "M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2A2.6 2.6 0 0 0 9 3.3l-.8.8" "M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9A2.6 2.6 0 0 0 7 12.7l.8-.8";
    /// Silence.
    mute: "M2 6h2.5L8 3v10L4.5 10H2z" "M11 6l3.5 4M14.5 6 11 10";
    /// Settings.
    sliders: "M2 4.5h7M12.5 4.5H14M2 11.5h1.5M7 11.5h7" "M9 4.5a1.75 1.75 0 1 0 3.5 0 1.75 1.75 0 1 0-3.5 0M3.5 11.5a1.75 1.75 0 1 0 3.5 0 1.75 1.75 0 1 0-3.5 0";
    /// Layers of an image.
    layers: "M8 1.75 14.5 5 8 8.25 1.5 5z" "M1.5 8 8 11.25 14.5 8" "M1.5 11 8 14.25 14.5 11";
    /// The editor.
    code: "M5 4.5 1.75 8 5 11.5M11 4.5 14.25 8 11 11.5";
    /// Blocks to build with.
    blocks: "M2 8.5h5.5V14H2zM8.5 8.5H14V14H8.5zM5.25 2h5.5v5.5h-5.5z";
    /// Stages.
    graph: "M4 5.5v5M4 8h5.5A2.5 2.5 0 0 0 12 5.5" "M2.5 4a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0M2.5 12a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0M10.5 4a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0";
    /// What somebody says.
    message: "M2 2.5h12v8.5H8l-3.5 3V11H2z" "M5 5.5h6M5 8h4";
    /// Problems.
    problems: "M8 2 14.5 13.5h-13z" "M8 6.5v3.2M8 11.6v.01";
    /// A light theme.
    sun: "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 1 0 0-5.6" "M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9 13 13M3 13l1.1-1.1M11.9 4.1 13 3";
    /// A dark theme.
    moon: "M13.5 9.8A6 6 0 0 1 6.2 2.5 6 6 0 1 0 13.5 9.8z";
    /// The theme of the system.
    screen: "M2 3h12v8H2zM5.5 14h5M8 11v3";
}
