/*
 * Names that are compiled in: IANA's "Service Name and Transport Protocol Port Number Registry" and
 * "Assigned Internet Protocol Numbers", as far as captures usually show them.
 */
#include "names/builtin.h"

static const char services[] =
    "tcpmux 1/tcp\n" "echo 7/tcp\n" "echo 7/udp\n" "discard 9/tcp sink null\n"
    "discard 9/udp sink null\n" "systat 11/tcp users\n" "daytime 13/tcp\n" "daytime 13/udp\n"
    "qotd 17/tcp quote\n" "chargen 19/tcp\n" "chargen 19/udp\n" "ftp-data 20/tcp\n" "ftp 21/tcp\n"
    "ssh 22/tcp\n" "telnet 23/tcp\n" "smtp 25/tcp mail\n" "time 37/tcp\n" "time 37/udp\n"
    "whois 43/tcp nicname\n" "tacacs 49/tcp\n" "tacacs 49/udp\n" "domain 53/tcp\n" "domain 53/udp\n"
    "bootps 67/udp\n" "bootpc 68/udp\n" "tftp 69/udp\n" "gopher 70/tcp\n" "finger 79/tcp\n"
    "http 80/tcp www\n" "kerberos 88/tcp krb5\n" "kerberos 88/udp krb5\n" "iso-tsap 102/tcp\n"
    "pop3 110/tcp pop-3\n" "sunrpc 111/tcp portmapper\n" "sunrpc 111/udp portmapper\n"
    "auth 113/tcp ident\n" "nntp 119/tcp\n" "ntp 123/udp\n" "epmap 135/tcp\n" "epmap 135/udp\n"
    "netbios-ns 137/tcp\n" "netbios-ns 137/udp\n" "netbios-dgm 138/tcp\n" "netbios-dgm 138/udp\n"
    "netbios-ssn 139/tcp\n" "netbios-ssn 139/udp\n" "imap2 143/tcp imap\n" "snmp 161/tcp\n"
    "snmp 161/udp\n" "snmp-trap 162/tcp snmptrap\n" "snmp-trap 162/udp snmptrap\n" "xdmcp 177/udp\n"
    "bgp 179/tcp\n" "irc 194/tcp\n" "irc 194/udp\n" "ldap 389/tcp\n" "ldap 389/udp\n"
    "https 443/tcp\n" "https 443/udp\n" "microsoft-ds 445/tcp\n" "microsoft-ds 445/udp\n"
    "kpasswd 464/tcp\n" "kpasswd 464/udp\n" "submissions 465/tcp smtps\n" "isakmp 500/udp\n"
    "login 513/tcp\n" "who 513/udp\n" "shell 514/tcp\n" "syslog 514/udp\n" "printer 515/tcp\n"
    "route 520/udp router rip\n" "uucp 540/tcp\n" "dhcpv6-client 546/udp\n"
    "dhcpv6-server 547/udp\n" "rtsp 554/tcp\n" "nntps 563/tcp\n" "submission 587/tcp\n"
    "ipp 631/tcp\n" "ldaps 636/tcp\n" "ldp 646/tcp\n" "ldp 646/udp\n" "domain-s 853/tcp\n"
    "domain-s 853/udp\n" "rsync 873/tcp\n" "ftps-data 989/tcp\n" "ftps 990/tcp\n"
    "telnets 992/tcp\n" "imaps 993/tcp\n" "pop3s 995/tcp\n" "socks 1080/tcp\n" "openvpn 1194/tcp\n"
    "openvpn 1194/udp\n" "ms-sql-s 1433/tcp\n" "ms-sql-m 1434/udp\n" "l2f 1701/udp l2tp\n"
    "pptp 1723/tcp\n" "radius 1812/tcp\n" "radius 1812/udp\n" "radius-acct 1813/tcp radacct\n"
    "radius-acct 1813/udp radacct\n" "nfs 2049/tcp\n" "nfs 2049/udp\n" "iscsi-target 3260/tcp\n"
    "mysql 3306/tcp\n" "ms-wbt-server 3389/tcp\n" "svn 3690/tcp\n" "epmd 4369/tcp\n"
    "ipsec-nat-t 4500/udp\n" "sip 5060/tcp\n" "sip 5060/udp\n" "sip-tls 5061/tcp\n"
    "sip-tls 5061/udp\n" "xmpp-client 5222/tcp\n" "xmpp-server 5269/tcp\n" "mdns 5353/udp\n"
    "postgresql 5432/tcp\n" "amqps 5671/tcp\n" "amqp 5672/tcp\n" "amqp 5672/sctp\n" "x11 6000/tcp\n"
    "redis 6379/tcp\n" "ircs-u 6697/tcp\n" "bacula-dir 9101/tcp\n" "git 9418/tcp\n"
    "http-alt 8080/tcp webcache\n" "mqtt 1883/tcp\n" "secure-mqtt 8883/tcp\n";

static const char protocols[] =
    "ip 0 IP\n" "icmp 1 ICMP\n" "igmp 2 IGMP\n" "ipencap 4 IP-ENCAP\n" "st 5 ST\n" "tcp 6 TCP\n"
    "egp 8 EGP\n" "igp 9 IGP\n" "pup 12 PUP\n" "udp 17 UDP\n" "hmp 20 HMP\n" "xns-idp 22 XNS-IDP\n"
    "rdp 27 RDP\n" "dccp 33 DCCP\n" "xtp 36 XTP\n" "ddp 37 DDP\n" "ipv6 41 IPv6\n"
    "ipv6-route 43 IPv6-Route\n" "ipv6-frag 44 IPv6-Frag\n" "idrp 45 IDRP\n" "rsvp 46 RSVP\n"
    "gre 47 GRE\n" "esp 50 IPSEC-ESP\n" "ah 51 IPSEC-AH\n" "skip 57 SKIP\n" "ipv6-icmp 58 IPv6-ICMP\n"
    "ipv6-nonxt 59 IPv6-NoNxt\n" "ipv6-opts 60 IPv6-Opts\n" "eigrp 88 EIGRP\n" "ospf 89 OSPFIGP\n"
    "ipip 94 IPIP\n" "etherip 97 ETHERIP\n" "encap 98 ENCAP\n" "pim 103 PIM\n" "ipcomp 108 IPCOMP\n"
    "vrrp 112 VRRP\n" "l2tp 115 L2TP\n" "isis 124 ISIS\n" "sctp 132 SCTP\n" "fc 133 FC\n"
    "mobility-header 135 Mobility-Header\n" "udplite 136 UDPLite\n" "mpls-in-ip 137 MPLS-in-IP\n"
    "hip 139 HIP\n" "shim6 140 Shim6\n" "wesp 141 WESP\n" "rohc 142 ROHC\n" "ethernet 143 Ethernet\n";

static const char hosts[] = "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n";

static const char networks[] = "default 0.0.0.0\nloopback 127.0.0.0\nlink-local 169.254.0.0\n";

struct str builtin_services(void) { return str_make(services, sizeof services - 1); }
struct str builtin_protocols(void) { return str_make(protocols, sizeof protocols - 1); }
struct str builtin_hosts(void) { return str_make(hosts, sizeof hosts - 1); }
struct str builtin_networks(void) { return str_make(networks, sizeof networks - 1); }
