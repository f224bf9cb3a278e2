//! The bridge to the textareas of the static page, which are the editor: one for each file, of
//! which one is shown.
//!
//! They are there before the application is, and stay the same elements afterwards: what the user
//! has typed, the carets, the focus and the history of the browser's undo survive.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDocument, HtmlElement, HtmlTextAreaElement, MouseEvent};
use yew::Callback;

use crate::preview::replacement;
use crate::services::dom;
use crate::state::{File, Hover};

/// The textareas and the box around them, which also holds the painted text.
#[derive(Debug, Clone, PartialEq)]
pub struct Editor {
    areas: [HtmlTextAreaElement; 2],
    frame: Element,
}

/// What of the text is in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Window {
    /// First line, from 0.
    pub first: usize,
    /// Number of lines.
    pub count: usize,
}

/// Where the editor tells what happens.
#[derive(Debug, Clone, PartialEq)]
pub struct Listeners {
    /// The whole text of a file after a change.
    pub text: Callback<(File, String)>,
    /// The caret in UTF-16 units.
    pub caret: Callback<(File, u32)>,
    /// The lines in sight.
    pub window: Callback<Window>,
    /// The finding under the pointer.
    pub hover: Callback<Option<Hover>>,
}

type Run = Box<dyn Fn(&Editor, &Event)>;

/// The window moves in steps of so many lines, so that most scrolling paints nothing new.
const STEP: usize = 16;

impl Editor {
    /// Finds the editor in the static page.
    pub fn find() -> Option<Self> {
        let area = |file: File| dom::by_id(file.id())?.dyn_into().ok();
        let areas = [area(File::Dockerfile)?, area(File::Ignore)?];
        Some(Self { frame: dom::by_id("code")?, areas })
    }

    /// The file that is shown.
    pub fn file(&self) -> File {
        let is_ignore = self.frame.get_attribute("data-file").as_deref() == Some(File::Ignore.id());
        if is_ignore { File::Ignore } else { File::Dockerfile }
    }

    /// Shows a file; its caret and its place are where they were.
    pub fn show(&self, file: File) {
        let _ = self.frame.set_attribute("data-file", file.id());
        self.follow_scroll();
    }

    /// The text of a file.
    pub fn text(&self, file: File) -> String {
        self.area(file).value()
    }

    /// Puts a text into a file before anybody has typed: there is nothing to undo.
    pub fn set_text(&self, file: File, text: &str) {
        self.area(file).set_value(text);
    }

    fn area(&self, file: File) -> &HtmlTextAreaElement {
        &self.areas[file as usize]
    }

    /// The textarea that is shown.
    fn shown(&self) -> &HtmlTextAreaElement {
        self.area(self.file())
    }

    /// Whether the Dockerfile is not the one that the static page came with.
    pub fn was_typed_in(&self) -> bool {
        self.frame.has_attribute("data-typed")
    }

    /// Subscribes to everything that happens in the editor.
    pub fn listen(&self, to: &Listeners) -> Vec<EventListener> {
        let mut listeners = Vec::new();
        for file in File::ALL {
            let (editor, text) = (self.clone(), to.text.clone());
            listeners.push(dom::listen(self.area(file), "input", move |_| {
                text.emit((file, editor.text(file)));
            }));
            let (editor, window, hover) = (self.clone(), to.window.clone(), to.hover.clone());
            listeners.push(dom::listen(self.area(file), "scroll", move |_| {
                editor.follow_scroll();
                window.emit(editor.window());
                hover.emit(None);
            }));
        }
        let target = self.area(File::Dockerfile);
        let on = |name, run: Run| {
            let editor = self.clone();
            dom::listen(target, name, move |event| run(&editor, event))
        };
        listeners.extend([
            on("mousemove", {
                let hover = to.hover.clone();
                Box::new(move |editor, event| {
                    if let Some(event) = event.dyn_ref::<MouseEvent>() {
                        hover.emit(editor.mark_at(event));
                    }
                })
            }),
            on("mouseleave", {
                let hover = to.hover.clone();
                Box::new(move |_, _| hover.emit(None))
            }),
        ]);
        if let Some(document) = dom::document() {
            let (editor, caret) = (self.clone(), to.caret.clone());
            listeners.push(dom::listen(&document, "selectionchange", move |_| {
                caret.emit((editor.file(), editor.caret()));
            }));
        }
        if let Some(window) = dom::window() {
            let (editor, changed) = (self.clone(), to.window.clone());
            listeners.push(dom::listen(&window, "resize", move |_| changed.emit(editor.window())));
        }
        listeners
    }

    /// The caret of the file that is shown, in UTF-16 units.
    pub fn caret(&self) -> u32 {
        self.shown().selection_start().ok().flatten().unwrap_or_default()
    }

    /// Puts the caret of a file at a UTF-16 offset.
    pub fn set_caret(&self, file: File, caret: u32) {
        let _ = self.area(file).set_selection_range(caret, caret);
    }

    /// The lines in sight, with some more on both sides.
    pub fn window(&self) -> Window {
        let (line, area) = (self.line_height(), self.shown());
        let top = (f64::from(area.scroll_top()) / line) as usize;
        let height = (f64::from(area.client_height()) / line).ceil() as usize;
        let first = top.saturating_sub(STEP) / STEP * STEP;
        Window { first, count: height.max(24) + 3 * STEP }
    }

    /// Moves the painted text along with the textarea.
    pub fn follow_scroll(&self) {
        let area = self.shown();
        dom::set_style(&self.frame, "--x", &format!("{}px", area.scroll_left()));
        dom::set_style(&self.frame, "--y", &format!("{}px", area.scroll_top()));
    }

    /// Says at which line the painted text starts.
    pub fn set_first(&self, first: usize) {
        dom::set_style(&self.frame, "--first", &first.to_string());
    }

    /// Makes room for line numbers of so many digits.
    pub fn set_digits(&self, digits: usize) {
        dom::set_style(&self.frame, "--digits", &digits.to_string());
    }

    /// Whether the painted text stands in for that of the textarea.
    pub fn set_painted(&self, painted: bool) {
        let _ = self.frame.toggle_attribute_with_force("data-painted", painted);
    }

    /// Whether nobody can type.
    pub fn set_readonly(&self, readonly: bool) {
        self.area(File::Dockerfile).set_read_only(readonly);
    }

    /// Makes room for so many lines, where the editor is as high as its text.
    pub fn set_lines(&self, lines: usize) {
        dom::set_style(&self.frame, "--lines", &lines.to_string());
    }

    /// Takes the focus.
    pub fn focus(&self) {
        let _ = self.shown().focus();
    }

    /// Turns the text of a file into another one, as one step of the browser's undo.
    pub fn replace(&self, file: File, text: &str) {
        let (before, area) = (self.text(file), self.area(file));
        let (range, new) = replacement(&before, text);
        if range.is_empty() && new.is_empty() {
            return;
        }
        let utf16 = |text: &str| text.encode_utf16().count() as u32;
        let start = utf16(&before[..range.start]);
        let end = start + utf16(&before[range]);
        // Only an editor that is shown takes the focus, and only one with the focus keeps its undo.
        let shown = self.file();
        self.show(file);
        let _ = self.frame.set_attribute("data-editing", "");
        let _ = area.focus();
        let _ = area.set_selection_range(start, end);
        let done = command(if new.is_empty() { "delete" } else { "insertText" }, new);
        if !done || self.text(file) != text {
            area.set_value(text);
            if let Ok(event) = Event::new("input") {
                let _ = area.dispatch_event(&event);
            }
        }
        let _ = self.frame.remove_attribute("data-editing");
        self.show(shown);
    }

    /// Takes back the last change of the file that is shown (`undo`), or makes it again (`redo`),
    /// wherever the focus is. Says whether the editor could take the focus for it.
    pub fn history(&self, step: &str) -> bool {
        self.keep_focus(|| {
            let _ = self.frame.set_attribute("data-editing", "");
            self.focus();
            let can = self.has_focus();
            if can {
                command(step, "");
            }
            let _ = self.frame.remove_attribute("data-editing");
            can
        })
    }

    /// Selects a range of the Dockerfile and brings its line (from 1) into sight.
    pub fn select(&self, range: (u32, u32), line: u32, column: u32) {
        self.show(File::Dockerfile);
        let area = self.shown();
        let _ = area.focus();
        let _ = area.set_selection_range(range.0, range.1);
        self.reveal(line, column);
    }

    fn reveal(&self, line: u32, column: u32) {
        let (height, area) = (self.line_height(), self.shown());
        let top = f64::from(line.saturating_sub(1)) * height;
        let (seen, client) = (f64::from(area.scroll_top()), f64::from(area.client_height()));
        if top < seen + height || top + 3.0 * height > seen + client {
            area.set_scroll_top((top - client / 3.0).max(0.0) as i32);
        }
        // A character is about half as wide as a line is high.
        let left = f64::from(column.saturating_sub(1)) * height * 0.4;
        let (seen, client) = (f64::from(area.scroll_left()), f64::from(area.client_width()));
        if left < seen || left > seen + client * 0.7 {
            area.set_scroll_left((left - client * 0.3).max(0.0) as i32);
        }
    }

    /// Whether the focus is in the editor.
    pub fn has_focus(&self) -> bool {
        let active = dom::document().and_then(|document| document.active_element());
        self.areas.iter().any(|area| active.as_ref() == Some(area.as_ref()))
    }

    /// Gives the focus back to what had it, where that is still there.
    pub fn keep_focus<R>(&self, run: impl FnOnce() -> R) -> R {
        let active = dom::document()
            .and_then(|document| document.active_element())
            .and_then(|element| element.dyn_into::<HtmlElement>().ok());
        let result = run();
        if let Some(element) = active.filter(|element| element.is_connected()) {
            let _ = element.focus();
        }
        result
    }

    fn line_height(&self) -> f64 {
        let style =
            dom::window().and_then(|window| window.get_computed_style(self.shown()).ok().flatten());
        let height = style.and_then(|style| style.get_property_value("line-height").ok());
        let height = height.map(|height| js_sys::Number::parse_float(&height));
        height.filter(|height: &f64| *height >= 1.0).unwrap_or(20.0)
    }

    /// The finding whose underlined words are under the pointer.
    fn mark_at(&self, event: &MouseEvent) -> Option<Hover> {
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let marks = self.frame.query_selector_all("[data-finding]").ok()?;
        for index in 0..marks.length() {
            let Some(mark) = marks.get(index).and_then(|node| node.dyn_into::<Element>().ok())
            else {
                continue;
            };
            let area = mark.get_bounding_client_rect();
            let inside =
                area.left() <= x && x <= area.right() && area.top() <= y && y <= area.bottom();
            if inside {
                let finding = mark.get_attribute("data-finding")?.parse().ok()?;
                let (left, top, bottom) =
                    (area.left() as i32, area.top() as i32, area.bottom() as i32);
                return Some(Hover { finding, left, top, bottom });
            }
        }
        None
    }
}

/// Runs a command on the field that has the focus, as a key stroke would, so that it can be undone.
fn command(name: &str, value: &str) -> bool {
    let document = dom::document().and_then(|document| document.dyn_into::<HtmlDocument>().ok());
    document.is_some_and(|document| {
        document.exec_command_with_show_ui_and_value(name, false, value).unwrap_or(false)
    })
}
