/*
 * Zephyr, MIT's notices.  DellaFera et al., "The Zephyr Notification Service", 1988; zephyr.h of
 * its sources.
 *
 * A notice is a list of texts, each with a zero byte behind it:
 *
 *      version, number of fields, kind, identity, port, whether authentic, length of authenticator,
 *      authenticator, class, instance, operation, sender, recipient, format, checksum, multi,
 * identity of the first part, and then what it carries
 *
 * Numbers are hexadecimal.
 */
#include "print/printer.h"

enum {
    VERSION,
    KIND = 2,
    CLASS = 8,
    INSTANCE,
    OPERATION,
    SENDER,
    RECIPIENT,
    FIELDS = 17,
};

struct notice {
    struct view fields[FIELDS];
    struct view rest; /* what it carries */
};

NAMES(kinds,
      (0, "unsafe") (1, "unacked") (2, "acked") (3, "hm-ack") (4, "hm-ctl") (5, "serv-ack")
      (6, "serv-nak") (7, "client-ack") (8, "stat"));

enum { SERVER_ACK = 5 };

/*
 * Takes the text at the start of `v`.  False when its zero byte is not there; the packet's text is
 * sealed when that is because the rest was not captured.
 */
static bool take_text(struct dissect *d, struct view *v, struct view *text)
{
    u32 n = 0;

    while (n < v->cap && view_byte(*v, n) != 0)
        n++;
    if (n < v->cap) {
        *text = view_sub(*v, 0, n);
        *v = view_from(*v, n + 1);
        return true;
    }
    if (v->cap < v->len)
        seal(d);
    return false;
}

static bool is_text(struct view v, const char *text)
{
    size_t n = strlen(text);

    return v.cap == n && memcmp(view_at(v, 0, v.cap), text, n) == 0;
}

/* Hexadecimal, as strtoul() reads it. */
static u32 number_of(struct view v)
{
    u32 value = 0;
    bool negative = false;

    while (view_byte(v, 0) == ' ' || (view_byte(v, 0) >= '\t' && view_byte(v, 0) <= '\r'))
        v = view_from(v, 1);
    if (view_byte(v, 0) == '-' || view_byte(v, 0) == '+') {
        negative = view_byte(v, 0) == '-';
        v = view_from(v, 1);
    }
    if (view_byte(v, 0) == '0' && (view_byte(v, 1) | 0x20) == 'x')
        v = view_from(v, 2);
    for (int digit; v.cap > 0 && (digit = hex_digit((char)view_byte(v, 0))) >= 0;
         v = view_from(v, 1))
        value = value << 4 | (u32)digit;
    return negative ? 0 - value : value;
}

/* " text", in small letters. */
static void say_small(struct dissect *d, struct view v)
{
    say_z(d, " ");
    for (u32 i = 0; i < v.cap; i++) {
        int c = view_byte(v, i);
        out_visible(d->out, (u8)(c >= 'A' && c <= 'Z' ? c | 0x20 : c));
    }
}

static void say_text(struct dissect *d, const char *before, struct view v)
{
    say_z(d, before);
    say_visible(d, v);
}

static void say_recipient(struct dissect *d, struct view v)
{
    if (v.cap > 0)
        say_text(d, ",", v);
    else
        say_z(d, ",*");
}

/* What somebody wants to hear of: class, instance and recipient. */
static void say_subscription(struct dissect *d, struct view v)
{
    struct view class, instance, recipient;

    if (!take_text(d, &v, &class) || !take_text(d, &v, &instance) || !take_text(d, &v, &recipient))
        return;
    say_text(d, " <", class);
    say_text(d, ",", instance);
    say_recipient(d, recipient);
    say_z(d, ">");
}

/* From a client to the server. */
static void say_client_control(struct dissect *d, const struct notice *n)
{
    struct view operation = n->fields[OPERATION];
    const char *listed = is_text(operation, "SUBSCRIBE")          ? " sub"
                         : is_text(operation, "SUBSCRIBE_NODEFS") ? " unsub-nodefs" /* as tcpdump */
                         : is_text(operation, "UNSUBSCRIBE")      ? " unsub"
                                                                  : NULL;

    if (listed != NULL) {
        say_z(d, listed);
        say_subscription(d, n->rest);
    } else if (is_text(operation, "CLEARSUB")) {
        say_z(d, " clear-subs");
    } else if (is_text(operation, "GIMME")) {
        say_z(d, " ret");
    } else if (is_text(operation, "GIMMEDEFS")) {
        say_z(d, " gimme-defs");
    } else {
        say_small(d, operation);
    }
}

/* From one realm to another. */
static void say_realm_control(struct dissect *d, struct view operation)
{
    static const char *const operations[][2] = {
        { "ADD_SUBSCRIBE", " realm add-subs" },
        { "REQ_SUBSCRIBE", " realm req-subs" },
        { "RLM_SUBSCRIBE", " realm rlm-sub" },
        { "RLM_UNSUBSCRIBE", " realm rlm-unsub" },
    };

    for (size_t i = 0; i < countof(operations); i++)
        if (is_text(operation, operations[i][0]))
            say_z(d, operations[i][1]);
}

/* Whether the notice is of a class that the servers understand. */
static bool say_control(struct dissect *d, const struct notice *n)
{
    struct view class = n->fields[CLASS], instance = n->fields[INSTANCE],
                operation = n->fields[OPERATION];

    if (is_text(class, "ZEPHYR_CTL")) {
        if (is_text(instance, "CLIENT"))
            say_client_control(d, n);
        else if (is_text(instance, "HM"))
            say_small(d, operation);
        else if (is_text(instance, "REALM"))
            say_realm_control(d, operation);
        else
            return false;
        return true;
    }
    if (is_text(class, "HM_CTL")) {
        say_z(d, " hm_ctl");
        say_small(d, instance);
        say_small(d, operation);
        return true;
    }
    if (!is_text(class, "USER_LOCATE"))
        return false;
    if (is_text(operation, "USER_HIDE"))
        say_z(d, " hide");
    else if (is_text(operation, "USER_UNHIDE"))
        say_z(d, " unhide");
    else
        say_text(d, " locate ", instance);
    return true;
}

static void say_notice(struct dissect *d, struct notice *n)
{
    u32 kind = number_of(n->fields[KIND]);

    say(d, " %s", name_of(d, &kinds.names, kind, "type %d"));
    if (kind == SERVER_ACK) {
        struct view text;
        if (take_text(d, &n->rest, &text) && !is_text(text, "SENT"))
            say_text(d, "/", text);
    }
    if (n->fields[SENDER].cap > 0)
        say_text(d, " ", n->fields[SENDER]);
    if (say_control(d, n))
        return;
    say_text(d, " to <", n->fields[CLASS]);
    say_text(d, ",", n->fields[INSTANCE]);
    say_recipient(d, n->fields[RECIPIENT]);
    say_z(d, ">");
    if (n->fields[OPERATION].cap > 0)
        say_text(d, " op ", n->fields[OPERATION]);
}

void print_zephyr(struct dissect *d, struct view v)
{
    enum { NAME_LEN = 4 };
    struct notice n;

    d->proto = "zephyr";
    n.rest = view_clip(v, v.len);
    for (u32 i = 0; i < FIELDS; i++) {
        if (!take_text(d, &n.rest, &n.fields[i])) {
            invalid(d);
            return;
        }
        if (i == VERSION && !is_text(view_sub(n.fields[VERSION], 0, NAME_LEN), "ZEPH"))
            return;
    }
    struct view number = view_from(n.fields[VERSION], NAME_LEN);
    say_z(d, " zephyr");
    if (is_text(view_sub(number, 0, 3), "0.2"))
        say_notice(d, &n);
    else
        say_text(d, " v", number);
}
