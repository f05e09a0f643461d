/**
 * How titles, ids and links of runbooks name what they are about, in English and in the languages in
 * which most other runbooks are written: German, French, Spanish, Portuguese, Italian, Dutch, Polish,
 * Russian, Ukrainian, Japanese, Chinese, Korean, Arabic and Hebrew. Stems, since words are bent.
 */
const goingBack = [
  /\broll(?:ing)?[- _]?(?:ed )?back|\brevert|\bundo\b|\brestor|\bback(?:ing)?[- ]?out|\brecover|\bdowngrad|\bno way back/iu,
  /wiederherstell|wieder her|zur(?:ü|ue)ck(?:roll|setz|nehm|spiel|dreh|gehen|bau)|r(?:ü|ue)ck(?:g(?:ä|ae)ngig|fall|roll|bau|sicher|weg)/iu,
  /retour (?:arri(?:è|e)re|en arri(?:è|e)re)|restaur|annul|r(?:é|e)tabli|ripristin|recuper|r(?:é|e)cup(?:é|e)r|r(?:é|e)version\b|revers(?:i(?:ó|o)n|(?:ã|a)o|ione)|deshacer|desfazer|terugdraai|terugzet|herstel|wycof|przywr/iu,
  /откат|восстанов|відкат|відновл|ロールバック|切り?戻し?|復旧|復元|リストア|回滚|回退|恢复|还原|回復|還原|롤백|복구|복원|되돌리|استعادة|استرجاع|تراجع|שחזור|החזרה/iu,
];

const keeping = [
  /back(?:ing)?[-_ ]?(?:it |them )?up|snapshot|\bdump|\bcop(?:y|ies)\b|\bkeep|\bexport|\barchiv|\bsave\b/iu,
  /sicherung|\bsicher[nt]|kopie|sauvegard|copia|c(?:ó|o)pia|respald|salvaguard|salvat|kopi(?:a|e)\b/iu,
  /резервн|бэкап|бекап|копи[яию]|バックアップ|退避|スナップショット|备份|備份|快照|백업|스냅샷|نسخ|גיבוי/iu,
];

const people = [
  /\bcontacts?\b|\bescalat|\bon[- ]?call\b|\bsupport\b|\bwho to (?:call|ask)\b|\bmailto:|\bslack\b/iu,
  /kontakt|ansprechpartner|eskalation|bereitschaft|astreinte|escalad|\bcontat|\bcontacto|\bguardia\b|reperibil|dy(?:ż|z)ur/iu,
  /контакт|эскалац|ескалац|дежурн|連絡|エスカレーション|担当者|联系|聯絡|值班|연락|담당자|جهات? الاتصال|تصعيد|אנשי קשר|הסלמה/iu,
];

function hasAny(text: string, patterns: readonly RegExp[]): boolean {
  return patterns.some((pattern) => pattern.test(text));
}

/** True where a title, an id or a link says how to take something back. No I/O. */
export function speaksOfGoingBack(text: string): boolean {
  return hasAny(text, goingBack);
}

/** True where a title, an id or a text for a person says that a copy is kept: "Take a backup". No I/O. */
export function speaksOfKeeping(text: string): boolean {
  return hasAny(text, keeping);
}

/** True where a title or a link leads to people who can help. No I/O. */
export function speaksOfPeople(text: string): boolean {
  return hasAny(text, people);
}
