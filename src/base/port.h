/* Transport ports that printers are chosen by.  IANA "Service Name and Port Number Registry". */
#ifndef BASE_PORT_H
#define BASE_PORT_H

enum port {
    PORT_ECHO = 7,
    PORT_FTP = 21,
    PORT_SSH = 22,
    PORT_TELNET = 23,
    PORT_SMTP = 25,
    PORT_WHOIS = 43,
    PORT_DOMAIN = 53,
    PORT_BOOTPS = 67,
    PORT_BOOTPC = 68,
    PORT_TFTP = 69,
    PORT_HTTP = 80,
    PORT_KERBEROS = 88,
    PORT_SUNRPC = 111,
    PORT_NTP = 123,
    PORT_NETBIOS_NS = 137,
    PORT_NETBIOS_DGM = 138,
    PORT_NETBIOS_SSN = 139,
    PORT_SNMP = 161,
    PORT_SNMPTRAP = 162,
    PORT_BGP = 179,
    PORT_PTP_EVENT = 319,
    PORT_PTP_GENERAL = 320,
    PORT_RPKI_RTR = 323,
    PORT_SMB = 445,
    PORT_ISAKMP = 500,
    PORT_SYSLOG = 514,
    PORT_RIP = 520,
    PORT_RIPNG = 521,
    PORT_DHCP6_CLIENT = 546,
    PORT_DHCP6_SERVER = 547,
    PORT_RTSP = 554,
    PORT_MSDP = 639,
    PORT_KERBEROS_4 = 750,
    PORT_LDP = 646,
    PORT_RADIUS_OLD = 1645, /* before IANA assigned 1812 and 1813 */
    PORT_RADACCT_OLD = 1646,
    PORT_CISCO_COA = 1700, /* dynamic authorization, before RFC 5176 */
    PORT_L2TP = 1701,
    PORT_PPTP = 1723,
    PORT_RADIUS = 1812,
    PORT_RADACCT = 1813,
    PORT_HSRP = 1985,
    PORT_NFS = 2049,
    PORT_ISAKMP_NAT = 4500, /* RFC 3948 */
    PORT_SIP = 5060,
    PORT_SIPS = 5061,
    PORT_BFD_CONTROL = 3784,
    PORT_BFD_ECHO = 3785,
    PORT_RADIUS_COA = 3799,
    PORT_BFD_MULTIHOP = 4784,
    PORT_MDNS = 5353,
    PORT_LLMNR = 5355,
    PORT_VXLAN = 4789,
    PORT_GENEVE = 6081,
    PORT_SFLOW = 6343,
    PORT_RESP = 6379,
    PORT_MPLS = 6635, /* RFC 7510 */
    PORT_BFD_LAG = 6784,
    PORT_VXLAN_LINUX = 8472, /* the kernel was earlier than IANA; OTV has it too */
    PORT_HTTP_ALT = 8080,
    PORT_RTSP_ALT = 8554,
};

#endif
