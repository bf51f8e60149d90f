const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September"].concat(
  ["October", "November", "December"],
);
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

interface Field {
  name: string;
  min: number;
  max: number;
  /** Names for the values from `min` on; any prefix of at least three letters stands for its value. */
  names?: string[];
}

const FIELDS: Field[] = [
  { name: "second", min: 0, max: 59 },
  { name: "minute", min: 0, max: 59 },
  { name: "hour", min: 0, max: 23 },
  { name: "day", min: 1, max: 31 },
  { name: "month", min: 1, max: 12, names: MONTHS },
  { name: "day of week", min: 0, max: 6, names: DAYS },
];

/** No expression that has an occurrence at all waits longer: 29 February on one weekday, across 2100. */
const HORIZON_DAYS = 366 * 41;

/**
 * Reads an NCRONTAB expression: `second minute hour day month day-of-week`, or five fields without the
 * seconds. Lists `,`, ranges `-`, steps on `*`, a range or a single value (`5/15` is 5 to the end), English
 * names; day AND day of week must both match. No `?`, `L`, `W`, `#`, and Sunday is 0 only.
 *
 * Returns the search for the first occurrence after a time, in local time. Throws with the reason.
 */
export function parseNcrontab(text: string): (now: Date) => Date | undefined {
  const parts = text.trim().split(/\s+/);
  if (parts.length === 5) parts.unshift("0");
  if (parts.length !== 6)
    throw new Error(
      `the schedule '${text}' is not valid: NCRONTAB has six fields ({second} {minute} {hour} {day} {month} {day-of-week}).`,
    );
  const [seconds, minutes, hours, days, months, weekdays] = FIELDS.map((field, index) =>
    parseField(parts[index]!, field, text),
  ) as [Values, Values, Values, Values, Values, Values];

  return function next(now: Date): Date | undefined {
    const start = new Date(Math.floor(now.getTime() / 1000) * 1000 + 1000);
    const day = new Date(start.getFullYear(), start.getMonth(), start.getDate());
    for (let count = 0; count <= HORIZON_DAYS; count += 1) {
      if (months[day.getMonth() + 1] && days[day.getDate()] && weekdays[day.getDay()]) {
        const found = firstInDay(day, start, { seconds, minutes, hours });
        if (found) return found;
      }
      day.setDate(day.getDate() + 1);
    }
    return undefined;
  };
}

/** `values[n]` says whether n matches. */
type Values = boolean[];

function firstInDay(
  day: Date,
  notBefore: Date,
  { seconds, minutes, hours }: { seconds: Values; minutes: Values; hours: Values },
): Date | undefined {
  const sameDay = day.toDateString() === notBefore.toDateString();
  for (let hour = sameDay ? notBefore.getHours() : 0; hour < 24; hour += 1) {
    if (!hours[hour]) continue;
    for (let minute = 0; minute < 60; minute += 1) {
      if (!minutes[minute]) continue;
      for (let second = 0; second < 60; second += 1) {
        if (!seconds[second]) continue;
        const found = new Date(day.getFullYear(), day.getMonth(), day.getDate(), hour, minute, second);
        if (found >= notBefore) return found;
      }
    }
  }
  return undefined;
}

function parseField(text: string, field: Field, whole: string): Values {
  const fail = () =>
    new Error(
      `the schedule '${whole}' is not valid: '${text}' is not a ${field.name} (${field.min} to ${field.max}).`,
    );
  const values: Values = [];
  for (const item of text.split(",")) {
    const match = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(item);
    if (!match) throw fail();
    const [, every, from, to, stepText] = match;
    const step = stepText === undefined ? 1 : Number(stepText);
    const first = every ? field.min : parseValue(from!, field);
    const single = stepText === undefined ? first : field.max;
    const last = every ? field.max : to === undefined ? single : parseValue(to, field);
    if (first === undefined || last === undefined || step < 1 || first > last) throw fail();
    for (let value = first; value <= last; value += step) values[value] = true;
  }
  return values;
}

function parseValue(text: string, field: Field): number | undefined {
  if (/^\d+$/.test(text)) {
    const value = Number(text);
    return value >= field.min && value <= field.max ? value : undefined;
  }
  if (text.length < 3) return undefined;
  const index = field.names?.findIndex((name) => name.toLowerCase().startsWith(text.toLowerCase())) ?? -1;
  return index === -1 ? undefined : index + field.min;
}
