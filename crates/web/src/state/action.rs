//! Everything that can happen.

use std::rc::Rc;

use engine::diagnostic::{Edit, Fix};
use engine::explain::Recognised;
use engine::size::Fleet;
use engine::source::Span;
use engine::{Project, Settings};
use yew::Callback;

use crate::course::Step;
use crate::form::Form;
use crate::page::Page;
use crate::saved::Saved;
use crate::state::{Export, File, Hover, Many, Measure, Notice, Sort, Tab, Theme};

/// One field of the project.
#[derive(Debug, Clone, PartialEq)]
pub enum ProjectField {
    /// Bytes of the program.
    BinaryBytes(Option<u64>),
    /// Kind of program.
    Profile(Option<String>),
    /// Text of `go.mod`.
    GoMod(Option<String>),
    /// Bytes of the build context.
    ContextBytes(Option<u64>),
    /// Platform of the image.
    Platform(Option<String>),
    /// Whether the program makes HTTPS calls.
    NeedsTls(Option<bool>),
    /// Whether the program uses time zones.
    NeedsTimeZones(Option<bool>),
}

impl ProjectField {
    /// Writes it down.
    pub fn set(self, project: &mut Project) {
        match self {
            Self::BinaryBytes(bytes) => project.binary_bytes = bytes,
            Self::Profile(name) => project.profile = name,
            Self::GoMod(text) => project.go_mod = text,
            Self::ContextBytes(bytes) => project.context_bytes = bytes,
            Self::Platform(platform) => project.platform = platform,
            Self::NeedsTls(needs) => project.needs_tls = needs,
            Self::NeedsTimeZones(needs) => project.needs_time_zones = needs,
        }
    }
}

/// What happens: by the user, the browser or a timer.
#[derive(Debug, Clone)]
pub enum Action {
    /// The text of a file changed in the editor.
    Edited(File, Rc<str>),
    /// There is a `.dockerignore` with this text, or none.
    Ignore(Option<Rc<str>>),
    /// The other file is shown in the editor.
    OpenFile(File),
    /// The pause after a key stroke in a very long text is over.
    Analyse,
    /// The linter of shell scripts has answered.
    Answered,
    /// The caret of a file moved to a UTF-16 offset.
    Caret(File, u32),
    /// The pointer rests on a finding, or no longer does.
    Hover(Option<Hover>),
    /// The user points at a reason of the verdict, or no longer does.
    Point(Option<usize>),
    /// A tab was chosen.
    Show(Tab),
    /// The screen became narrow or wide.
    Narrow(bool),
    /// The rules are to behave otherwise.
    Settings(Rc<Settings>),
    /// A rule is silenced.
    TurnOff(&'static str),
    /// The settings are shown, or no longer.
    ShowSettings(bool),
    /// The user told something of the project.
    Project(ProjectField),
    /// The user told how the image is used.
    Fleet(Fleet),
    /// Another order of findings.
    Sort(Sort),
    /// Another size in the charts.
    Measure(Measure),
    /// Another theme.
    Theme(Theme),
    /// A finding is unfolded, or folded again.
    Open(Option<usize>),
    /// A page of the guide by its place, such as `rule/no-user` or `guide/scratch`, or its contents.
    OpenPage(Option<Rc<str>>),
    /// A page of the guide arrived.
    PageLoaded(Rc<str>, Option<Rc<Page>>),
    /// The error message to explain changed.
    Message(Rc<str>),
    /// The table of messages arrived, or did not.
    MessagesLoaded(Option<Rc<str>>),
    /// What the message means has to be looked up.
    Explain,
    /// What was recognised in a message, for a text.
    Recognised(Rc<str>, Rc<str>, Rc<Recognised>),
    /// The form that a Dockerfile reveals.
    Filled(Rc<str>, Rc<Form>),
    /// The contents of the guide arrived, or did not.
    ContentsLoaded(Option<Rc<str>>),
    /// The index of the guide's words arrived, or did not.
    IndexLoaded(Option<Rc<str>>),
    /// Something is looked for in the guide.
    Filter(Rc<str>),
    /// A step in course mode.
    Course(Step),
    /// A link for the present state is wanted.
    MakeLink,
    /// A message above the editor appears or goes.
    Notice(Option<Notice>),
    /// A passing message appears or goes.
    Toast(Option<Rc<str>>),
    /// A new version of the page waits.
    NewVersion,
    /// The page that embeds this one brings its text.
    Begin(Rc<str>),
    /// Settings, project and panel of a link or draft; its text arrives as an edit.
    Restore(Rc<Saved>),

    // What follows changes the browser first; see `services::effects`.
    /// Another text of the Dockerfile, as one step of undo, and what is said of it.
    Replace(Rc<str>, Rc<str>),
    /// To the place of a finding.
    GoTo(usize),
    /// To a line, from 1.
    GoToLine(u32),
    /// To some words of the Dockerfile.
    GoToPlace(Span),
    /// To the next (or previous) finding from the caret.
    Step(bool),
    /// Apply the fix of a finding.
    Fix(usize),
    /// Apply a fix that follows from an error message.
    FixPlace(Rc<Fix>),
    /// Apply the fix of a reason of the verdict.
    FixReason(usize),
    /// Apply the fixes of many findings.
    FixMany(Many),
    /// Bring blanks, case and indents of the Dockerfile into order.
    Format,
    /// The edits that do so to this text.
    Formatted(Rc<str>, Rc<[Edit]>),
    /// Find the form that the Dockerfile reveals.
    FillForm,
    /// A field of the form changed: its name and its value.
    SetField(Rc<str>, Rc<str>),
    /// Write the Dockerfile of a new form, which is as usual but for this recipe.
    NewRecipe(Rc<str>),
    /// A form for this Dockerfile comes with the one to put in its place, and what is said of it.
    Written(Rc<str>, Rc<Form>, Option<&'static str>),
    /// Put the `.dockerignore` of the form in the place of another one.
    TakeIgnore,
    /// Save the Dockerfile and the other files of the form as one.
    SaveAll,
    /// They are in an archive.
    Archived(Rc<str>),
    /// Save a text under a name.
    SaveText(Rc<str>, Rc<str>),
    /// Silence a finding by a comment over its instruction.
    TurnOffHere(usize),
    /// Put this text into the editor.
    LoadText(Rc<str>),
    /// Put a text and settings into the editor.
    LoadSaved(Rc<Saved>),
    /// Put an example into the editor.
    LoadExample(usize),
    /// Back to the example last chosen.
    Reset,
    /// Empty the Dockerfile, or do without the `.dockerignore`.
    Clear,
    /// Begin a `.dockerignore` with what fits most projects.
    InsertIgnore,
    /// Copy findings, settings or a file.
    CopyAs(Export),
    /// Save findings, settings or a file.
    Save(Export),
    /// Change over to the new version of the page.
    Update,
    /// Copy a picture as pixels.
    CopyPicture(Rc<str>),
    /// Show how to embed it in another page.
    Embed,
    /// Copy a text and say that it is done.
    Copy(Rc<str>, &'static str),
}

impl Action {
    /// A handler that sends it, whatever the event says. A closure of its own at each button would
    /// weigh 300 bytes.
    pub fn on<E: 'static>(self, act: &Callback<Self>) -> Callback<E> {
        act.reform(move |_| self.clone())
    }
}
