/* What to say beside "syntax error": likely slips, and the languages people mix this one up with. */
#include "parser/parse.h"

/* A field of Wireshark's display filters, and the words for it here. */
struct display_field {
    const char *name;
    const char *words;  /* what stands before the value */
};

static const struct display_field display_fields[] = {
    { "ip.addr", "host" },           { "ip.src", "src host" },        { "ip.dst", "dst host" },
    { "ip.host", "host" },           { "ip.src_host", "src host" },   { "ip.dst_host", "dst host" },
    { "ipv6.addr", "host" },         { "ipv6.src", "src host" },      { "ipv6.dst", "dst host" },
    { "eth.addr", "ether host" },    { "eth.src", "ether src" },      { "eth.dst", "ether dst" },
    { "eth.type", "ether proto" },   { "wlan.addr", "wlan host" },    { "wlan.sa", "wlan src" },
    { "wlan.da", "wlan dst" },       { "wlan.ra", "wlan ra" },        { "wlan.ta", "wlan ta" },
    { "wlan.bssid", "wlan addr3" },  { "arp.src.proto_ipv4", "arp src" },
    { "arp.dst.proto_ipv4", "arp dst" },
    { "tcp.port", "tcp port" },      { "tcp.srcport", "tcp src port" },
    { "tcp.dstport", "tcp dst port" },
    { "udp.port", "udp port" },      { "udp.srcport", "udp src port" },
    { "udp.dstport", "udp dst port" },
    { "sctp.port", "sctp port" },    { "sctp.srcport", "sctp src port" },
    { "sctp.dstport", "sctp dst port" },
    { "ip.proto", "ip proto" },      { "ipv6.nxt", "ip6 proto" },     { "vlan.id", "vlan" },
    { "mpls.label", "mpls" },        { "geneve.vni", "geneve" },      { "vxlan.vni", "vxlan" },
};

/* Fields that are numbers: any relation keeps its sign. */
static const struct display_field display_numbers[] = {
    { "frame.len", "len" },          { "ip.len", "ip[2:2]" },         { "ip.ttl", "ip[8]" },
    { "ip.id", "ip[4:2]" },          { "ip.version", "ip[0] >> 4" },  { "ipv6.hlim", "ip6[7]" },
    { "tcp.flags", "tcp[tcpflags]" }, { "tcp.seq", "tcp[4:4]" },      { "tcp.window_size", "tcp[14:2]" },
    { "udp.length", "udp[4:2]" },    { "icmp.type", "icmp[icmptype]" },
    { "icmp.code", "icmp[icmpcode]" }, { "icmpv6.type", "icmp6[icmp6type]" },
    { "icmpv6.code", "icmp6[icmp6code]" }, { "arp.opcode", "arp[6:2]" },
};

/* Flags: on or off. */
static const struct display_field display_flags[] = {
    { "tcp.flags.syn", "tcp-syn" },   { "tcp.flags.ack", "tcp-ack" }, { "tcp.flags.fin", "tcp-fin" },
    { "tcp.flags.reset", "tcp-rst" }, { "tcp.flags.push", "tcp-push" }, { "tcp.flags.urg", "tcp-urg" },
    { "tcp.flags.ece", "tcp-ece" },   { "tcp.flags.cwr", "tcp-cwr" },
};

/* Application protocols, which a capture filter knows by port only. */
static const struct display_field display_protocols[] = {
    { "http", "tcp port 80" },  { "http2", "tcp port 443" }, { "https", "tcp port 443" },
    { "tls", "tcp port 443" },  { "ssl", "tcp port 443" },   { "quic", "udp port 443" },
    { "dns", "port 53" },       { "mdns", "udp port 5353" }, { "dhcp", "udp port 67 or udp port 68" },
    { "bootp", "udp port 67 or udp port 68" },               { "dhcpv6", "udp port 546 or udp port 547" },
    { "ntp", "udp port 123" },  { "ssh", "tcp port 22" },    { "ftp", "tcp port 21" },
    { "smtp", "tcp port 25" },  { "snmp", "udp port 161" },  { "syslog", "udp port 514" },
    { "telnet", "tcp port 23" }, { "sip", "port 5060" },     { "smb", "tcp port 445" },
    { "rdp", "tcp port 3389" }, { "bgp", "tcp port 179" },   { "tftp", "udp port 69" },
    { "eth", "link[0] >= 0" },  { "ipv6", "ip6" },           { "icmpv6", "icmp6" },
    { "ospf", "ip proto 89" },  { "lldp", "ether proto 0x88cc" }, { "eapol", "ether proto 0x888e" },
    { "gre", "proto 47" },      { "eigrp", "ip proto 88" },
};

static const struct display_field *find(const struct display_field *rows, size_t n, struct str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal_nocase(name, str_of(rows[i].name)))
            return &rows[i];
    return NULL;
}

/* How a relation is spelt: as a sign, or as display filters also write it. */
static const char *relation_of(struct token t)
{
    static const struct {
        const char *word, *sign;
    } words[] = {
        { "eq", "==" }, { "ne", "!=" }, { "lt", "<" }, { "gt", ">" }, { "le", "<=" }, { "ge", ">=" },
    };
    switch (t.kind) {
    case TOKEN_EQ: return "==";
    case TOKEN_NE: return "!=";
    case TOKEN_LT: return "<";
    case TOKEN_GT: return ">";
    case TOKEN_LE: return "<=";
    case TOKEN_GE: return ">=";
    default: break;
    }
    for (size_t i = 0; t.kind == TOKEN_NAME && i < countof(words); i++)
        if (str_equal(t.text, str_of(words[i].word)))
            return words[i].sign;
    return NULL;
}

static bool same(const char *a, const char *b)
{
    return str_equal(str_of(a), str_of(b));
}

/* The text from a token to the end of an address with an optional /length. */
static struct str value_text(struct lexer *l, struct token value)
{
    struct lexer ahead = *l;
    struct token slash = lex_next(&ahead), bits = lex_next(&ahead);
    if (slash.kind == TOKEN_SLASH && bits.kind == TOKEN_NUMBER && slash.at.beg == value.at.end)
        return str_make(l->text.p + value.at.beg, bits.at.end - value.at.beg);
    return str_make(l->text.p + value.at.beg, value.at.end - value.at.beg);
}

/* `ip.addr == 1.2.3.4` and its kind. */
static bool display_filter(struct parser *p)
{
    struct diag quiet = { .set = false };
    struct lexer ahead = p->lexer;
    struct str name = p->token.text;

    ahead.diag = &quiet;
    struct token sign = lex_next(&ahead), value = lex_next(&ahead);
    const char *relation = relation_of(sign);
    bool valued = relation != NULL && value.kind != TOKEN_END && value.kind != TOKEN_ERROR;
    struct str text = valued ? value_text(&ahead, value) : STR_EMPTY;

    const struct display_field *row = find(display_flags, countof(display_flags), name);
    if (row != NULL) {
        bool off = valued && (value.number == 0) != same(relation, "!=") && value.kind == TOKEN_NUMBER;
        diag_hint(p->diag, "did you mean \"tcp[tcpflags] & %s %s 0\"?", row->words, off ? "=" : "!=");
        return true;
    }
    row = find(display_numbers, countof(display_numbers), name);
    if (row != NULL && valued) {
        diag_hint(p->diag, "did you mean \"%s %s %pS\"?", row->words, relation, (const void *)&text);
        return true;
    }
    row = find(display_fields, countof(display_fields), name);
    if (row != NULL && valued && (same(relation, "==") || same(relation, "!="))) {
        bool net = str_find(text, '/') < text.len;
        const char *words = !net                            ? row->words
                            : same(row->words, "host")     ? "net"
                            : same(row->words, "src host") ? "src net"
                            : same(row->words, "dst host") ? "dst net"
                                                           : row->words;
        diag_hint(p->diag, "did you mean \"%s%s %pS\"?", same(relation, "!=") ? "not " : "", words,
                  (const void *)&text);
        return true;
    }
    row = find(display_protocols, countof(display_protocols), name);
    if (row != NULL) {
        diag_hint(p->diag, "did you mean \"%s\"?", row->words);
        return true;
    }
    if (valued && str_find(name, '.') < name.len) {
        diag_hint(p->diag, "this looks like a display filter; capture filters have no fields with dots");
        return true;
    }
    return false;
}

void parse_hint(struct parser *p)
{
    const struct token *t = &p->token;
    const char *nearest;

    switch (t->kind) {
    case TOKEN_END:
        if (t->at.beg > 0)
            diag_hint(p->diag, "the expression ends too early");
        break;
    case TOKEN_NAME:
        if (display_filter(p))
            break;
        nearest = lex_nearest(t->text);
        if (nearest != NULL)
            diag_hint(p->diag, "did you mean \"%s\"?", nearest);
        else if (t->text.len <= 60)
            diag_hint(p->diag, "no keyword; a host is written \"host %pS\"", (const void *)&t->text);
        break;
    case TOKEN_IP4:
    case TOKEN_IP6: diag_hint(p->diag, "did you mean \"host %pS\"?", (const void *)&t->text); break;
    case TOKEN_MAC: diag_hint(p->diag, "did you mean \"ether host %pS\"?", (const void *)&t->text); break;
    case TOKEN_NUMBER:
        if (t->text.len <= 10)
            diag_hint(p->diag, "a number needs a word such as \"port %pS\"", (const void *)&t->text);
        break;
    case TOKEN_WORD:
        if (p->last.known && parse_proto(t->word) != Q_ANY)
            diag_hint(p->diag, "to use a keyword as a name, write \"\\%pS\"", (const void *)&t->text);
        else if (t->at.beg > 0)
            diag_hint(p->diag, "is \"and\" or \"or\" missing before it?");
        break;
    case TOKEN_RPAREN:
        if (p->depth == 0)
            diag_hint(p->diag, "no bracket is open here");
        break;
    case TOKEN_AMP:
    case TOKEN_BAR:
        diag_hint(p->diag, "between conditions, write \"%s\"", t->kind == TOKEN_AMP ? "and" : "or");
        break;
    default: break;
    }
}
