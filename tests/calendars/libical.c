/* Reads calendars by libical and tells when every event is.
 *
 *   libical < LIST_OF_FILES
 *
 * One line an event: file, UID, start, end, with tabs between. Whole days are dates (20261001),
 * hours are seconds since 1970, by the VTIMEZONE of the file itself. What libical finds wrong is
 * told on standard error, and makes the exit code 1.
 */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int faults = 0;

static void fault(const char *file, const char *what)
{
    fprintf(stderr, "%s: libical: %s\n", file, what);
    faults += 1;
}

static char *content(const char *file)
{
    FILE *stream = fopen(file, "rb");
    if (!stream) return NULL;
    fseek(stream, 0, SEEK_END);
    long size = ftell(stream);
    rewind(stream);
    char *text = calloc((size_t)size + 1, 1);
    if (text && fread(text, 1, (size_t)size, stream) != (size_t)size) size = 0;
    fclose(stream);
    return text;
}

static void when(const char *file, icalcomponent *root, icalproperty *property)
{
    if (!property) {
        printf("\t-");
        return;
    }
    icaltimetype time = icalvalue_get_datetimedate(icalproperty_get_value(property));
    if (icaltime_is_date(time)) {
        printf("\t%04d%02d%02d", time.year, time.month, time.day);
        return;
    }
    icaltimezone *zone = icaltimezone_get_utc_timezone();
    icalparameter *parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    if (parameter) {
        zone = icalcomponent_get_timezone(root, icalparameter_get_tzid(parameter));
        if (!zone) fault(file, "a TZID without its VTIMEZONE");
    } else if (!icaltime_is_utc(time)) {
        fault(file, "a time without a zone");
    }
    time.zone = NULL;
    printf("\t%lld", (long long)icaltime_as_timet_with_zone(time, zone));
}

int main(void)
{
    char file[4096];
    while (fgets(file, sizeof file, stdin)) {
        file[strcspn(file, "\n")] = 0;
        char *text = content(file);
        icalcomponent *root = text ? icalparser_parse_string(text) : NULL;
        if (!root || icalcomponent_isa(root) != ICAL_VCALENDAR_COMPONENT) {
            fault(file, "not a calendar");
            free(text);
            continue;
        }
        if (icalcomponent_count_errors(root) > 0) fault(file, "a line that cannot be read");
        if (!icalrestriction_check(root)) fault(file, "a property is missing, or there too often");
        if (icalcomponent_count_errors(root) > 0) fault(file, icalcomponent_as_ical_string(root));
        icalcomponent *event = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT);
        for (; event; event = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT)) {
            printf("%s\t%s", file, icalcomponent_get_uid(event));
            when(file, root, icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY));
            when(file, root, icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY));
            printf("\n");
        }
        icalcomponent_free(root);
        free(text);
    }
    return faults > 0;
}
