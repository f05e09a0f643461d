import { expect, test } from "vitest";
import {
  speaksOfGoingBack,
  speaksOfKeeping,
  speaksOfPeople,
} from "../../src/drift/procedure-words.ts";

test.each([
  "Rolling back",
  "Wiederherstellung der Datenbank",
  "Zurückrollen",
  "Retour arrière",
  "Restauración",
  "切り戻し手順",
  "回滚",
  "Откат",
  "استعادة النسخة",
])("%s is about going back", (title) => {
  expect(speaksOfGoingBack(title)).toBe(true);
});

test.each(["Reverse proxy", "Deploy", "Rückfragen", "リリース手順", "نشر"])(
  "%s is not about going back",
  (title) => {
    expect(speaksOfGoingBack(title)).toBe(false);
  },
);

test.each(["Take a backup", "Sicherung anlegen", "Sauvegarder", "バックアップ", "نسخ احتياطي"])(
  "%s keeps something",
  (title) => {
    expect([speaksOfKeeping(title), speaksOfKeeping("Drop it")]).toEqual([true, false]);
  },
);

test.each(["Escalation", "Ansprechpartner", "Astreinte", "Contatti", "連絡先", "Контакты"])(
  "%s is about people",
  (title) => {
    expect([speaksOfPeople(title), speaksOfPeople("Upgrade the container")]).toEqual([true, false]);
  },
);
