/*
 * SNMP.  RFC 1157 (version 1), 1901 and 3416 (version 2c), 3412 and 3414 (version 3 with its user
 * based security).
 *
 *   message = SEQUENCE { version, community, PDU }
 *   message = SEQUENCE { 3, SEQUENCE { id, size, flags, model }, security, scoped PDU }
 *   PDU     = [n] { request id, error status, error index, SEQUENCE of SEQUENCE { name, value } }
 *   trap    = [4] { enterprise, agent, generic trap, specific trap, time, SEQUENCE of ... }
 */
#include "print/printer.h"
#include "print/proto/snmp/ber.h"

enum version { VERSION_1, VERSION_2C, VERSION_3 = 3 };

enum pdu { GET, GET_NEXT, RESPONSE, SET, TRAP, GET_BULK, INFORM, TRAP_V2, REPORT };

NAMES(errors,
      (0, "noError") (1, "tooBig") (2, "noSuchName") (3, "badValue") (4, "readOnly") (5, "genErr")
      (6, "noAccess") (7, "wrongType") (8, "wrongLength") (9, "wrongEncoding") (10, "wrongValue")
      (11, "noCreation") (12, "inconsistentValue") (13, "resourceUnavailable") (14, "commitFailed")
      (15, "undoFailed") (16, "authorizationError") (17, "notWritable") (18, "inconsistentName"));

NAMES(traps,
      (0, "coldStart") (1, "warmStart") (2, "linkDown") (3, "linkUp") (4, "authenticationFailure")
      (5, "egpNeighborLoss") (6, "enterpriseSpecific"));

enum { ENTERPRISE_SPECIFIC = 6 };

/*
 * Reads the element that `*v` begins with and goes on behind it.  False when there is none, or one
 * of another type, which is then shown behind `complaint`.
 */
static bool take(struct dissect *d, struct view *v, enum ber_type type, const char *complaint,
                 struct ber *e)
{
    if (!ber_read(d, *v, e))
        return false;
    if (e->type != type) {
        say_z(d, complaint);
        ber_say(d, e);
        return false;
    }
    *v = view_from(*v, e->size);
    return true;
}

/* Bytes behind the last field; as tcpdump: as many as that field has are not counted. */
static void say_extra(struct dissect *d, u32 left, u32 last_field, const char *what)
{
    if (left > last_field)
        say(d, "[%u extra after %s SEQ]", left - last_field, what);
}

static bool asks_for_values(enum pdu pdu)
{
    return pdu == GET || pdu == GET_NEXT || pdu == GET_BULK;
}

/* A name and its value; in a question there is no value. */
static bool say_binding(struct dissect *d, enum pdu pdu, struct view v)
{
    struct ber name, value;

    if (!take(d, &v, BER_OID, "[objName!=OID]", &name))
        return false;
    ber_say(d, &name);
    if (!asks_for_values(pdu))
        say_z(d, "=");
    if (!ber_read(d, v, &value))
        return false;
    if (asks_for_values(pdu) && value.type != BER_NULL)
        say_z(d, "[objVal!=NULL]");
    ber_say(d, &value);
    return true;
}

static void say_bindings(struct dissect *d, enum pdu pdu, struct view v)
{
    struct ber list, binding;

    if (!take(d, &v, BER_SEQUENCE, "[!SEQ of varbind]", &list))
        return;
    if (v.len > 0)
        say(d, "[%u extra after SEQ of varbind]", v.len);
    while (list.data.len > 0) {
        say_z(d, " ");
        if (!take(d, &list.data, BER_SEQUENCE, "[!varbind]", &binding) ||
            !say_binding(d, pdu, binding.data))
            return;
    }
}

static const char *error_name(struct dissect *d, i32 error)
{
    return name_of(d, &errors.names, (u32)error, "err=%u");
}

/* The error that a response tells about, and which binding is to blame. */
static void say_error(struct dissect *d, i32 status, i32 index)
{
    if (status != 0 && index != 0)
        say(d, "@%d", index);
    else if (index != 0)
        say(d, "[errorIndex(%d) w/o errorStatus]", index);
    else if (status != 0)
        say_z(d, "[errorIndex==0]");
}

static void say_request(struct dissect *d, enum pdu pdu, struct view v)
{
    struct ber e;
    bool response = pdu == RESPONSE;

    if (!take(d, &v, BER_INTEGER, "[reqId!=INT]", &e))
        return;
    if (verbose(d, 1))
        say(d, "R=%d ", e.integer);
    if (!take(d, &v, BER_INTEGER, "[errorStatus!=INT]", &e))
        return;
    i32 status = e.integer;
    if (pdu == GET_BULK)
        say(d, " N=%d", status);
    else if (status != 0)
        say(d, response ? " %s" : "[errorStatus(%s)!=0]", error_name(d, status));
    if (!take(d, &v, BER_INTEGER, "[errorIndex!=INT]", &e))
        return;
    if (pdu == GET_BULK)
        say(d, " M=%d", e.integer);
    else if (response)
        say_error(d, status, e.integer);
    else if (e.integer != 0)
        say(d, "[errorIndex(%d)!=0]", e.integer);
    say_bindings(d, pdu, v);
}

static void say_trap(struct dissect *d, struct view v)
{
    struct ber e;

    say_z(d, " ");
    if (!take(d, &v, BER_OID, "[enterprise!=OID]", &e))
        return;
    ber_say(d, &e);
    say_z(d, " ");
    if (!take(d, &v, BER_ADDRESS, "[agent-addr!=INETADDR]", &e))
        return;
    ber_say(d, &e);
    if (!take(d, &v, BER_INTEGER, "[generic-trap!=INT]", &e))
        return;
    i32 generic = e.integer;
    say(d, " %s", name_of(d, &traps.names, (u32)generic, "gt=%d"));
    if (!take(d, &v, BER_INTEGER, "[specific-trap!=INT]", &e))
        return;
    if (generic == ENTERPRISE_SPECIFIC)
        say(d, " s=%d", e.integer);
    else if (e.integer != 0)
        say(d, "[specific-trap(%d)!=0]", e.integer);
    say_z(d, " ");
    if (!take(d, &v, BER_UNSIGNED, "[time-stamp!=TIMETICKS]", &e))
        return;
    ber_say(d, &e);
    say_bindings(d, TRAP, v);
}

static void say_pdu(struct dissect *d, enum version version, struct view v)
{
    struct ber pdu;

    if (!ber_read(d, v, &pdu))
        return;
    if (pdu.type != BER_PDU) {
        say_z(d, "[no PDU]");
        return;
    }
    if (pdu.size < v.len)
        say(d, "[%u extra after PDU]", v.len - pdu.size);
    if (verbose(d, 1))
        say_z(d, "{ ");
    ber_say(d, &pdu);
    say_z(d, " ");
    if (pdu.id == TRAP && version != VERSION_1) {
        say_z(d, "[v1 PDU in v2 message]");
        return;
    }
    if (pdu.id > TRAP && version == VERSION_1) {
        say_z(d, "[v2 PDU in v1 message]");
        return;
    }
    if (pdu.id == TRAP)
        say_trap(d, pdu.data);
    else
        say_request(d, pdu.id, pdu.data);
    if (verbose(d, 1))
        say_z(d, " } ");
}

static void say_community(struct dissect *d, enum version version, struct view v)
{
    static const char usual[] = { 'p', 'u', 'b', 'l', 'i', 'c' };
    struct ber e;

    if (!take(d, &v, BER_STRING, "[comm!=STR]", &e))
        return;
    const void *name = view_at(e.data, 0, sizeof usual);
    if (e.data.len != sizeof usual || name == NULL || memcmp(name, usual, sizeof usual) != 0) {
        say_z(d, "C=");
        ber_say(d, &e);
        say_z(d, " ");
    }
    say_pdu(d, version, v);
}

/* RFC 3414, section 2.4. */
static void say_user_security(struct dissect *d, struct view v)
{
    struct ber sequence, engine, boots, time, user, digest, salt;
    bool more = verbose(d, 1);

    if (!take(d, &v, BER_SEQUENCE, "[!usm]", &sequence))
        return;
    v = sequence.data;
    if (!take(d, &v, BER_STRING, "[msgAuthoritativeEngineID!=STR]", &engine) ||
        !take(d, &v, BER_INTEGER, "[msgAuthoritativeEngineBoots!=INT]", &boots))
        return;
    if (more)
        say(d, "B=%d ", boots.integer);
    if (!take(d, &v, BER_INTEGER, "[msgAuthoritativeEngineTime!=INT]", &time))
        return;
    if (more)
        say(d, "T=%d ", time.integer);
    if (!take(d, &v, BER_STRING, "[msgUserName!=STR]", &user))
        return;
    say_z(d, "U=");
    ber_say(d, &user);
    say_z(d, " ");
    if (!take(d, &v, BER_STRING, "[msgAuthenticationParameters!=STR]", &digest) ||
        !take(d, &v, BER_STRING, "[msgPrivacyParameters!=STR]", &salt))
        return;
    say_extra(d, v.len, salt.size, "usm");
}

/* RFC 3412, section 6.8. */
static void say_scoped_pdu(struct dissect *d, struct view v)
{
    struct ber sequence, e;

    if (!take(d, &v, BER_SEQUENCE, "[!scoped PDU]", &sequence))
        return;
    v = sequence.data;
    if (!take(d, &v, BER_STRING, "[contextEngineID!=STR]", &e))
        return;
    say_z(d, "E=");
    ber_say_octets(d, &e);
    say_z(d, " ");
    if (!take(d, &v, BER_STRING, "[contextName!=STR]", &e))
        return;
    say_z(d, "C=");
    ber_say(d, &e);
    say_z(d, " ");
    say_pdu(d, VERSION_3, v);
}

/*
 * RFC 3412, section 6: what encryption and authentication a message has.  The fields of the header,
 * which `*fields` begins with, are taken off it; false to stop there.
 */
static bool say_header(struct dissect *d, struct view *fields)
{
    enum { AUTHENTICATED = 1, ENCRYPTED = 2, REPORTABLE = 4, MODEL_USER = 3 };
    struct view v = *fields;
    struct ber e;

    if (!take(d, &v, BER_INTEGER, "[msgID!=INT]", &e) ||
        !take(d, &v, BER_INTEGER, "[msgMaxSize!=INT]", &e) ||
        !take(d, &v, BER_STRING, "[msgFlags!=STR]", &e))
        return false;
    if (e.data.len != 1) {
        say(d, "[msgFlags size %u]", e.data.len);
        return false;
    }
    u32 flags = u8_at(d, e.data, 0);
    if (flags > (AUTHENTICATED | ENCRYPTED | REPORTABLE) ||
        (flags & (AUTHENTICATED | ENCRYPTED)) == ENCRYPTED) {
        say(d, "[msgFlags=0x%02X]", flags);
        return false;
    }
    say(d, "F=%s%s%s ", flags & AUTHENTICATED ? "a" : "", flags & ENCRYPTED ? "p" : "",
        flags & REPORTABLE ? "r" : "");
    if (!take(d, &v, BER_INTEGER, "[msgSecurityModel!=INT]", &e))
        return false;
    *fields = v;
    say_extra(d, v.len, e.size, "message");
    if (verbose(d, 1))
        say_z(d, "} ");
    if (e.integer != MODEL_USER) {
        say(d, "[security model %d]", e.integer);
        return false;
    }
    return true;
}

static void say_version3(struct dissect *d, struct view v)
{
    struct ber header, security;
    struct view all = v;

    if (!take(d, &v, BER_SEQUENCE, "[!message]", &header))
        return;
    if (verbose(d, 1))
        say_z(d, "{ ");
    if (!say_header(d, &header.data))
        return;
    /* as tcpdump: what follows begins behind the last field, wherever the header says it ends */
    v = view_from(all, view_offset(all, header.data));
    if (verbose(d, 1))
        say_z(d, "{ USM ");
    if (!take(d, &v, BER_STRING, "[msgSecurityParameters!=STR]", &security))
        return;
    say_user_security(d, security.data);
    if (verbose(d, 1))
        say_z(d, "} { ScopedPDU ");
    say_scoped_pdu(d, v);
    if (verbose(d, 1))
        say_z(d, "} ");
}

void print_snmp(struct dissect *d, struct view v)
{
    static const char *const versions[] = { "{ SNMPv1 ", "{ SNMPv2c ", NULL, "{ SNMPv3 " };
    struct ber message, version;

    d->proto = "snmp";
    say_z(d, " ");
    if (!take(d, &v, BER_SEQUENCE, "[!init SEQ]", &message))
        return;
    if (v.len > 0)
        say(d, "[%u extra after iSEQ]", v.len);
    v = message.data;
    if (!take(d, &v, BER_INTEGER, "[version!=INT]", &version))
        return;
    switch (version.integer) {
    case VERSION_1:
    case VERSION_2C:
    case VERSION_3:
        if (verbose(d, 1))
            say_z(d, versions[version.integer]);
        break;
    default: say(d, "SNMP [version = %d]", version.integer); return;
    }
    if (version.integer == VERSION_3)
        say_version3(d, v);
    else
        say_community(d, (enum version)version.integer, v);
    if (verbose(d, 1))
        say_z(d, "} ");
}
