"""What the bot says to members: ambassadors, staff and the lead. In English; members are few and the council's own."""

from bot.roles import Action
from storage.respondents import Role

WELCOME = (
    "Welcome! You are now {role}.\n\n{abilities}\n\nThese are not in Telegram's list of commands, but /help shows "
    "them again.\n\nYou can also take part yourself: /menu. Replies that you give are never shown to you for review."
)
ROLES: dict[Role, str] = {"ambassador": "an ambassador", "staff": "staff", "lead": "the safeguarding lead"}
ABILITIES: dict[Action, str] = {
    "review": "/review – read replies and say which themes they are about",
    "push": "Send me a .yaml file with a question set: I check it, you try it, then it can go live",
    "export": "/export – the tagged themes as a spreadsheet (/export csv or /export jsonl also work)",
    "complaints": "/complaints – what people find wrong with the bot",
    "alerts": "/alerts – messages that sounded serious and wait for you\n/reach – write to the person behind one",
}

REVIEW_HEAD = "{decided} reviewed, {waiting} to go\n{quality}"
REVIEW_QUALITY = "The machine is right {right} times in 10 so far (from {reviews} random replies)."
REVIEW_QUALITY_UNKNOWN = "How often is the machine right? Too few to say yet."
REVIEW_TEXT = "“{wording}”\n\n{reply}"
REVIEW_SUGGESTED = "Suggested:\n{suggestions}"
REVIEW_SUGGESTION = "• {theme}, {confidence:.0%} sure: “{excerpt}”\n  ({why})"
REVIEW_NONE_SUGGESTED = "No theme suggested."
REVIEW_MEASURED = "No suggestions this time: what you choose checks how good the machine is."
REVIEW_HOW = "Tap the themes that fit, then Confirm."
REVIEW_MORE = "More themes"
REVIEW_CONFIRM = "Confirm"
REVIEW_NONE = "None of these"
REVIEW_LEAVE = "Leave it for someone else"
REVIEW_DONE = "✓ {themes}"
REVIEW_DONE_NONE = "✓ No theme"
REVIEW_CHANGE = "Change it"
REVIEW_LEFT = "– Left for someone else"
REVIEW_TAKEN = "That one is decided, or someone else has it now. Here is the next."
REVIEW_EMPTY = "Nothing to review right now. New replies are tagged within seconds; /review looks again."
REVIEW_PICK = "Tap at least one theme first, or “None of these”."

UPLOAD_RECEIVED = "Got it. I'm checking “{filename}”."
UPLOAD_TOO_MANY = (
    "I still have {count} files of yours to check. Please send “{filename}” again when I've answered those."
)
UPLOAD_TOO_LARGE = "“{filename}” has {size} kB; I can take {most} kB. Split it into several dialogues."
UPLOAD_NOT_YAML = "I can read question sets that end in .yaml or .yml, and this is “{filename}”."
UPLOAD_FAILED = "I couldn't fetch “{filename}” from Telegram. Please send it again."
UPLOAD_REJECTED = "“{filename}” isn't ready yet: {count} to fix. Nothing has changed for anyone.\n\n{findings}"
UPLOAD_MORE = "... and {count} more. Fix these first, then send it again."
UPLOAD_FINDING = "Line {line}: {message}\n→ {fix}"
UPLOAD_SUMMARY = (
    "“{title}” looks good. Questions: {questions}, in people's own words: {open}. Languages: {languages}.\n"
    "{replaces}{warnings}"
)
UPLOAD_REPLACES = "It replaces the version that is live. Whoever is part-way through finishes the old one.\n"
UPLOAD_NEW = "It is new: there is no “{dialogue}” on the menu yet.\n"
UPLOAD_UNCHANGED = "It says exactly what is live already.\n"
TRY_IT = "Try it"
MAKE_IT_LIVE = "Make it live"
TRY_STARTS = "This is a try-out. Nothing is kept once it ends."
TRY_DONE = "End of the try-out."
LIVE = "“{title}” is live now."
NO_CONSENT = "It can't go live yet: nobody is asked whether they want to take part. Put a “consent:” step first, as in the shipped sets, and send it again."
SCRIPT_GONE = "I can't find that question set any more. Please send it again."

EXPORT_STARTED = "Preparing {filename}. It comes as a file in this chat."
EXPORT_FORMATS = "I can write csv, xlsx and jsonl, such as: /export xlsx"
EXPORT_FAILED = "Sorry, there will be no {filename}. {reason}"
EXPORT_NOT_SENT = (
    "It could not be made, or is too large for Telegram. Ask for it again, or have staff run tuckshop export."
)
COMPLAINT_NEW = "Somebody complained. It is #{id}: /complaints shows it."
COMPLAINT = "#{id} · {at}\n\n“{text}”\n\nWhen somebody has taken care of it: /complaints done {id}"
COMPLAINT_HANDLED = "#{id} is taken care of."
COMPLAINT_GONE = "There is no complaint #{id} that waits. /complaints shows those that do."
COMPLAINTS_MORE = "... and {count} more. Take care of these first."
COMPLAINTS_NONE = "No complaint is waiting."

NOT_ALLOWED = "That is for {roles}."

ALERT = "A message sounded serious."
ALERT_MORE = "There is more on #{id}."
ALERT_CHANGED = "A reply that was held back has other words now. It stays held back until you look."
ALERT_WANTED = "Somebody would like you to get in touch."
ALERT_HANDED = "Another lead handed #{id} over. It waits for you."
ALERT_WAITS = "#{id} is still waiting for one of you."
ALERT_STAFF = (
    "A message that sounded serious has been waiting for a safeguarding lead since {since}. Please make sure that one "
    "of them knows. What it says is for them only."
)
ALERT_DELETED = (
    "The person behind #{id} had everything deleted. There is nothing left here to read, and no way to write to them."
)
ALERT_LINE = "#{id} · {at} · {flags}"
ALERT_GONE = "There is no open alert #{id}. /alerts shows those that are."
ALERT_CHANGED_MEANWHILE = "That has changed meanwhile. /alerts shows how it stands."
ALERTS_NONE = "Nothing is waiting."
ALERTS_MORE = "... and {count} more. Close some of these first."

CARD_WANTED = "Would like somebody to get in touch."
CARD_WAITS = "Nobody has taken it yet."
CARD_YOURS = "It is yours."
CARD_ANOTHERS = "Another lead has it."
CARD_CLOSED = "Closed: “{outcome}”."
CARD_HELD = "Replies held back until you release them: {count}."
CARD_TAKE = "I'll take this one"
CARD_TAKE_OVER = "Take it over"
CARD_READ = "Read the words"
CARD_WRITE = "Write to them"
CARD_RELEASE = "Release the reply"
CARD_HAND_OVER = "Hand over"
CARD_CLOSE = "Close"
CARD_BACK = "Not yet"
CARD_OUTCOMES: dict[str, str] = {
    "contacted": "I was in touch",
    "passed": "Passed on to someone else",
    "false": "False alarm: release the reply",
}
READ_HEAD = "#{id}, for you only. That you read it is recorded; the words go when you close the alert."
READ_LINE = "{at}\n“{text}”"
READ_NONE = "No words are kept with this one."

REACH_HOW = "Send me:\n/reach {id} and what you want to say.\n\nIt arrives in their chat with me. What they answer comes to you, and none of it is stored."
REACH_HOW_ANY = "Send me the number and what you want to say, such as:\n/reach 3 Hello, I'm Kim from the youth team."
REACH_ANOTHERS = "Another lead has #{id}. Take it over first: /alerts {id}"
REACH_BLOCKED = (
    "#{id} can't be reached: they have blocked this bot. If you fear for them, do what your council's plan says."
)
REACH_SENT = "Sent to #{id}. What they answer comes to you."
REACH_ANSWER = "#{id} writes:\n\n{text}\n\nTo answer: /reach {id} and your words."
