package dev.catnap.policy.schedule;

import dev.catnap.events.InvalidFieldException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one window: {@code [DAYS] HH:MM-HH:MM [ZONE]}.
 *
 * <p>DAYS is {@code Daily} or {@code *} (the default), or days and ranges with commas between them:
 * {@code Mon-Fri}, {@code Sat-Mon}, {@code Mon,Wed,Fri}. An end at or before the begin is on the
 * next day: {@code 22:00-06:00}. {@code 24:00} is the end of the day. ZONE is UTC where it is not
 * said.
 */
final class ScheduleParser {
  static final String FIELD = "sleep_policy.schedule";

  private static final Pattern TIMES =
      Pattern.compile("([0-9]{1,2}):([0-9]{2})-([0-9]{1,2}):([0-9]{2})");

  private ScheduleParser() {}

  static WeeklyWindow window(String text) {
    String[] words = text.strip().split("\\s+");
    int times = words.length > 0 && TIMES.matcher(words[0]).matches() ? 0 : 1;
    if (words.length <= times || words.length > times + 2) {
      throw invalid("must be like 'Mon-Fri 07:30-20:30 Europe/Berlin'", text);
    }
    Set<DayOfWeek> days = times == 0 ? EnumSet.allOf(DayOfWeek.class) : days(words[0], text);
    Matcher matcher = TIMES.matcher(words[times]);
    if (!matcher.matches()) {
      throw invalid("must have times like 07:30-20:30", text);
    }
    LocalTime from = time(matcher.group(1), matcher.group(2), false, text);
    LocalTime to = time(matcher.group(3), matcher.group(4), true, text);
    boolean wholeDay = matcher.group(3).equals("24");
    if (from.equals(to) && !wholeDay) {
      throw invalid("must not end when it begins; a whole day is 00:00-24:00", text);
    }
    return new WeeklyWindow(
        days, from, to, words.length > times + 1 ? zone(words[times + 1], text) : ZoneOffset.UTC);
  }

  private static LocalTime time(String hours, String minutes, boolean isEnd, String text) {
    int hour = Integer.parseInt(hours);
    int minute = Integer.parseInt(minutes);
    if (isEnd && hour == 24 && minute == 0) {
      return LocalTime.MIDNIGHT;
    }
    if (hour > 23 || minute > 59) {
      throw invalid("must have times from 00:00 to 23:59, or 24:00 as the end", text);
    }
    return LocalTime.of(hour, minute);
  }

  private static ZoneId zone(String id, String text) {
    try {
      return ZoneId.of(id);
    } catch (DateTimeException e) {
      throw invalid("must name a time zone such as Europe/Berlin", text);
    }
  }

  private static Set<DayOfWeek> days(String word, String text) {
    if (word.equals("*") || word.equalsIgnoreCase("daily")) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : word.split(",", -1)) {
      String[] ends = part.split("-", -1);
      if (ends.length > 2) {
        throw invalid("must have days like Mon-Fri or Mon,Wed", text);
      }
      DayOfWeek last = day(ends[ends.length - 1], text);
      for (DayOfWeek day = day(ends[0], text); day != last; day = day.plus(1)) {
        days.add(day);
      }
      days.add(last);
    }
    return days;
  }

  private static DayOfWeek day(String name, String text) {
    String wanted = name.toUpperCase(Locale.ROOT);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().equals(wanted) || day.name().substring(0, 3).equals(wanted)) {
        return day;
      }
    }
    throw invalid("must have days Mon, Tue, Wed, Thu, Fri, Sat, Sun, Daily or *", text);
  }

  private static InvalidFieldException invalid(String rule, String text) {
    return new InvalidFieldException(FIELD, rule, text);
  }
}
