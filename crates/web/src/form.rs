//! The form of the builder, as the workshop fills it.

use std::rc::Rc;

use crate::json::Json;

/// The form with the files of its recipe.
#[derive(Debug, Default)]
pub struct Form {
    /// The recipe, as the workshop takes it back.
    pub recipe: Rc<str>,
    /// Its fields, as far as they matter.
    pub groups: Vec<Group>,
    /// Names and texts of the files, the Dockerfile first.
    pub files: Vec<(Rc<str>, Rc<str>)>,
    /// What commands do, and the commands.
    pub commands: Vec<(String, Rc<str>)>,
    /// What the program or its people must see to.
    pub notes: Vec<String>,
    /// The Dockerfile after the last change; none where the form was read from the text.
    pub text: Option<Rc<str>>,
    /// The instructions of the text that the form does not hold: their lines and first words.
    pub custom: Vec<(u32, String)>,
}

/// Fields that belong together.
#[derive(Debug)]
pub struct Group {
    /// Its heading.
    pub label: String,
    /// What it is about.
    pub help: String,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// One thing that the form asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name in recipes.
    pub key: Rc<str>,
    /// Its label.
    pub label: String,
    /// What it means.
    pub help: String,
    /// What it takes.
    pub kind: Kind,
    /// What it holds.
    pub value: Rc<str>,
    /// What may be chosen, or what is proposed.
    pub choices: Vec<Choice>,
    /// The chapter of the guide that explains it; empty where there is none.
    pub chapter: String,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One of its choices.
    Choice,
    /// One of its choices, each of which leads to an image of another size.
    Base,
    /// `yes` or `no`.
    Bool,
    /// A number.
    Number,
    /// One word.
    Text,
    /// One item to a line.
    Lines,
}

/// One of the values that a field may have.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The value.
    pub value: Rc<str>,
    /// Its label.
    pub label: String,
    /// What speaks for it.
    pub help: String,
}

/// Something that the recipe asks for and that cannot be.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// The field to change, its new value, and both in words.
    pub instead: Option<(Rc<str>, Rc<str>, String)>,
}

impl Form {
    /// Reads an answer of the workshop; `None` where it is none.
    pub fn parse(answer: &str) -> Option<Self> {
        let value = Json::parse(answer)?;
        let list = |key| value.get(key).map(Json::elements).unwrap_or_default();
        let pair = |pair: &Json| match pair.elements() {
            [name, text] => Some((name.as_str()?.to_owned(), text.as_str()?.into())),
            _ => None,
        };
        let problems: Vec<(&str, Problem)> = list("problems").iter().filter_map(problem).collect();
        Some(Self {
            recipe: value.get("recipe")?.as_str()?.into(),
            groups: list("groups").iter().filter_map(|it| group(it, &problems)).collect(),
            files: list("files")
                .iter()
                .filter_map(pair)
                .map(|(name, text)| (name.into(), text))
                .collect(),
            commands: list("commands").iter().filter_map(pair).collect(),
            notes: list("notes").iter().filter_map(Json::as_str).map(str::to_owned).collect(),
            text: value.get("text").and_then(Json::as_str).map(Rc::from),
            custom: list("custom").iter().filter_map(custom).collect(),
        })
    }

    /// The text of a file.
    pub fn file(&self, name: &str) -> Option<&Rc<str>> {
        self.files.iter().find(|(other, _)| **other == *name).map(|(_, text)| text)
    }
}

fn string(value: &Json, key: &str) -> String {
    value.get(key).and_then(Json::as_str).unwrap_or_default().to_owned()
}

fn group(value: &Json, problems: &[(&str, Problem)]) -> Option<Group> {
    let fields = value.get("fields")?.elements();
    Some(Group {
        label: string(value, "label"),
        help: string(value, "help"),
        fields: fields.iter().filter_map(|it| field(it, problems)).collect(),
    })
}

fn field(value: &Json, problems: &[(&str, Problem)]) -> Option<Field> {
    let key = value.get("key")?.as_str()?;
    let choice = |choice: &Json| Choice {
        value: string(choice, "value").into(),
        label: string(choice, "label"),
        help: string(choice, "help"),
    };
    let own = problems.iter().filter(|(field, _)| *field == key);
    Some(Field {
        key: key.into(),
        label: string(value, "label"),
        help: string(value, "help"),
        kind: match value.get("kind")?.as_str()? {
            "choice" => Kind::Choice,
            "base" => Kind::Base,
            "bool" => Kind::Bool,
            "number" => Kind::Number,
            "list" | "pairs" => Kind::Lines,
            _ => Kind::Text,
        },
        value: string(value, "value").into(),
        choices: value
            .get("choices")
            .map(Json::elements)
            .unwrap_or_default()
            .iter()
            .map(choice)
            .collect(),
        chapter: string(value, "chapter"),
        problems: own.map(|(_, problem)| problem.clone()).collect(),
    })
}

fn custom(value: &Json) -> Option<(u32, String)> {
    match value.elements() {
        [line, words] => Some((line.as_u64()? as u32, words.as_str()?.to_owned())),
        _ => None,
    }
}

fn problem(value: &Json) -> Option<(&str, Problem)> {
    let instead = value.get("instead").and_then(|instead| match instead.elements() {
        [key, value, words] => {
            Some((key.as_str()?.into(), value.as_str()?.into(), words.as_str()?.to_owned()))
        }
        _ => None,
    });
    Some((value.get("field")?.as_str()?, Problem { message: string(value, "message"), instead }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_the_workshop_writes() {
        let form = Form::parse(
            r#"{"recipe": "stack = go\n", "groups": [{"label": "Image", "help": "What ships.", "fields": [
                {"key": "base", "kind": "base", "label": "Base", "value": "scratch",
                 "choices": [{"value": "scratch", "label": "scratch"}]},
                {"key": "ports", "kind": "list", "value": "80\n81"}, {}]}],
                "problems": [{"field": "base", "message": "no shell", "instead": ["base", "alpine", "Base: Alpine"]},
                             {"field": "gone", "message": "x"}],
                "files": [["Dockerfile", "FROM a\n"]], "commands": [["Build", "docker build ."]],
                "custom": [[3, "VOLUME /a"]]}"#,
        )
        .unwrap();
        let [base, ports] = &form.groups[0].fields[..] else { panic!() };
        assert_eq!((base.kind, base.choices.len(), &*base.value), (Kind::Base, 1, "scratch"));
        assert_eq!(base.problems[0].instead.as_ref().unwrap().2, "Base: Alpine");
        assert!(ports.kind == Kind::Lines && ports.problems.is_empty());
        assert_eq!(form.file("Dockerfile").map(|text| &**text), Some("FROM a\n"));
        assert!(form.file(".dockerignore").is_none() && form.text.is_none());
        assert_eq!(form.custom, [(3, "VOLUME /a".to_owned())]);
        assert!(Form::parse("{}").is_none());
    }
}
