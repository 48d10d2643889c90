/* The tree of named objects.  RFC 1155 and 1213; 3411, 3412 and 3414 for version 3. */
#include "print/proto/snmp/mib.h"

#include "base/name_table.h"

/* What a row's value holds: how far below the root the object is, and its number there. */
enum { DEPTH_SHIFT = 8, ARC = 0xff };

#define NODE(depth, arc) ((depth) << DEPTH_SHIFT | (arc))

/* Each object stands behind the one above it.  Four have texts that abbreviate the way to them. */
NAMES(objects,
      (NODE(1, 1), "iso") (NODE(2, 3), "org") (NODE(3, 6), "dod") (NODE(4, 1), "internet")
      (NODE(5, 1), "directory") (NODE(5, 2), "mgmt") (NODE(6, 1), "") (NODE(7, 1), "system")
      (NODE(8, 1), "sysDescr") (NODE(8, 2), "sysObjectID") (NODE(8, 3), "sysUpTime")
      (NODE(8, 4), "sysContact") (NODE(8, 5), "sysName") (NODE(8, 6), "sysLocation")
      (NODE(8, 7), "sysServices") (NODE(7, 2), "interfaces") (NODE(8, 1), "ifNumber")
      (NODE(8, 2), "ifTable") (NODE(9, 1), "ifEntry") (NODE(10, 1), "ifIndex")
      (NODE(10, 2), "ifDescr") (NODE(10, 3), "ifType") (NODE(10, 4), "ifMtu")
      (NODE(10, 5), "ifSpeed") (NODE(10, 6), "ifPhysAddress") (NODE(10, 7), "ifAdminStatus")
      (NODE(10, 8), "ifOperStatus") (NODE(10, 9), "ifLastChange") (NODE(10, 10), "ifInOctets")
      (NODE(10, 11), "ifInUcastPkts") (NODE(10, 12), "ifInNUcastPkts")
      (NODE(10, 13), "ifInDiscards") (NODE(10, 14), "ifInErrors")
      (NODE(10, 15), "ifInUnknownProtos") (NODE(10, 16), "ifOutOctets")
      (NODE(10, 17), "ifOutUcastPkts") (NODE(10, 18), "ifOutNUcastPkts")
      (NODE(10, 19), "ifOutDiscards") (NODE(10, 20), "ifOutErrors") (NODE(10, 21), "ifOutQLen")
      (NODE(10, 22), "ifSpecific") (NODE(7, 3), "at") (NODE(8, 1), "atTable")
      (NODE(9, 1), "atEntry") (NODE(10, 1), "atIfIndex") (NODE(10, 2), "atPhysAddress")
      (NODE(10, 3), "atNetAddress") (NODE(7, 4), "ip") (NODE(8, 1), "ipForwarding")
      (NODE(8, 2), "ipDefaultTTL") (NODE(8, 3), "ipInReceives") (NODE(8, 4), "ipInHdrErrors")
      (NODE(8, 5), "ipInAddrErrors") (NODE(8, 6), "ipForwDatagrams")
      (NODE(8, 7), "ipInUnknownProtos") (NODE(8, 8), "ipInDiscards") (NODE(8, 9), "ipInDelivers")
      (NODE(8, 10), "ipOutRequests") (NODE(8, 11), "ipOutDiscards") (NODE(8, 12), "ipOutNoRoutes")
      (NODE(8, 13), "ipReasmTimeout") (NODE(8, 14), "ipReasmReqds") (NODE(8, 15), "ipReasmOKs")
      (NODE(8, 16), "ipReasmFails") (NODE(8, 17), "ipFragOKs") (NODE(8, 18), "ipFragFails")
      (NODE(8, 19), "ipFragCreates") (NODE(8, 20), "ipAddrTable") (NODE(9, 1), "ipAddrEntry")
      (NODE(10, 1), "ipAdEntAddr") (NODE(10, 2), "ipAdEntIfIndex") (NODE(10, 3), "ipAdEntNetMask")
      (NODE(10, 4), "ipAdEntBcastAddr") (NODE(10, 5), "ipAdEntReasmMaxSize")
      (NODE(8, 21), "ipRoutingTable") (NODE(9, 1), "ipRouteEntry") (NODE(10, 1), "ipRouteDest")
      (NODE(10, 2), "ipRouteIfIndex") (NODE(10, 3), "ipRouteMetric1")
      (NODE(10, 4), "ipRouteMetric2") (NODE(10, 5), "ipRouteMetric3")
      (NODE(10, 6), "ipRouteMetric4") (NODE(10, 7), "ipRouteNextHop") (NODE(10, 8), "ipRouteType")
      (NODE(10, 9), "ipRouteProto") (NODE(10, 10), "ipRouteAge") (NODE(10, 11), "ipRouteMask")
      (NODE(8, 22), "ipNetToMediaTable") (NODE(9, 1), "ipNetToMediaEntry")
      (NODE(10, 1), "ipNetToMediaIfIndex") (NODE(10, 2), "ipNetToMediaPhysAddress")
      (NODE(10, 3), "ipNetToMediaNetAddress") (NODE(10, 4), "ipNetToMediaType") (NODE(7, 5), "icmp")
      (NODE(8, 1), "icmpInMsgs") (NODE(8, 2), "icmpInErrors") (NODE(8, 3), "icmpInDestUnreachs")
      (NODE(8, 4), "icmpInTimeExcds") (NODE(8, 5), "icmpInParmProbs")
      (NODE(8, 6), "icmpInSrcQuenchs") (NODE(8, 7), "icmpInRedirects") (NODE(8, 8), "icmpInEchos")
      (NODE(8, 9), "icmpInEchoReps") (NODE(8, 10), "icmpInTimestamps")
      (NODE(8, 11), "icmpInTimestampReps") (NODE(8, 12), "icmpInAddrMasks")
      (NODE(8, 13), "icmpInAddrMaskReps") (NODE(8, 14), "icmpOutMsgs")
      (NODE(8, 15), "icmpOutErrors") (NODE(8, 16), "icmpOutDestUnreachs")
      (NODE(8, 17), "icmpOutTimeExcds") (NODE(8, 18), "icmpOutParmProbs")
      (NODE(8, 19), "icmpOutSrcQuenchs") (NODE(8, 20), "icmpOutRedirects")
      (NODE(8, 21), "icmpOutEchos") (NODE(8, 22), "icmpOutEchoReps")
      (NODE(8, 23), "icmpOutTimestamps") (NODE(8, 24), "icmpOutTimestampReps")
      (NODE(8, 25), "icmpOutAddrMasks") (NODE(8, 26), "icmpOutAddrMaskReps") (NODE(7, 6), "tcp")
      (NODE(8, 1), "tcpRtoAlgorithm") (NODE(8, 2), "tcpRtoMin") (NODE(8, 3), "tcpRtoMax")
      (NODE(8, 4), "tcpMaxConn") (NODE(8, 5), "tcpActiveOpens") (NODE(8, 6), "tcpPassiveOpens")
      (NODE(8, 7), "tcpAttemptFails") (NODE(8, 8), "tcpEstabResets") (NODE(8, 9), "tcpCurrEstab")
      (NODE(8, 10), "tcpInSegs") (NODE(8, 11), "tcpOutSegs") (NODE(8, 12), "tcpRetransSegs")
      (NODE(8, 13), "tcpConnTable") (NODE(9, 1), "tcpConnEntry") (NODE(10, 1), "tcpConnState")
      (NODE(10, 2), "tcpConnLocalAddress") (NODE(10, 3), "tcpConnLocalPort")
      (NODE(10, 4), "tcpConnRemAddress") (NODE(10, 5), "tcpConnRemPort") (NODE(8, 14), "tcpInErrs")
      (NODE(8, 15), "tcpOutRsts") (NODE(7, 7), "udp") (NODE(8, 1), "udpInDatagrams")
      (NODE(8, 2), "udpNoPorts") (NODE(8, 3), "udpInErrors") (NODE(8, 4), "udpOutDatagrams")
      (NODE(8, 5), "udpTable") (NODE(9, 1), "udpEntry") (NODE(10, 1), "udpLocalAddress")
      (NODE(10, 2), "udpLocalPort") (NODE(7, 8), "egp") (NODE(8, 1), "egpInMsgs")
      (NODE(8, 2), "egpInErrors") (NODE(8, 3), "egpOutMsgs") (NODE(8, 4), "egpOutErrors")
      (NODE(8, 5), "egpNeighTable") (NODE(9, 1), "egpNeighEntry") (NODE(10, 1), "egpNeighState")
      (NODE(10, 2), "egpNeighAddr") (NODE(10, 3), "egpNeighAs") (NODE(10, 4), "egpNeighInMsgs")
      (NODE(10, 5), "egpNeighInErrs") (NODE(10, 6), "egpNeighOutMsgs")
      (NODE(10, 7), "egpNeighOutErrs") (NODE(10, 8), "egpNeighInErrMsgs")
      (NODE(10, 9), "egpNeighOutErrMsgs") (NODE(10, 10), "egpNeighStateUps")
      (NODE(10, 11), "egpNeighStateDowns") (NODE(10, 12), "egpNeighIntervalHello")
      (NODE(10, 13), "egpNeighIntervalPoll") (NODE(10, 14), "egpNeighMode")
      (NODE(10, 15), "egpNeighEventTrigger") (NODE(8, 6), "egpAs") (NODE(7, 10), "transmission")
      (NODE(7, 11), "snmp") (NODE(8, 1), "snmpInPkts") (NODE(8, 2), "snmpOutPkts")
      (NODE(8, 3), "snmpInBadVersions") (NODE(8, 4), "snmpInBadCommunityNames")
      (NODE(8, 5), "snmpInBadCommunityUses") (NODE(8, 6), "snmpInASNParseErrs")
      (NODE(8, 7), "snmpInBadTypes") (NODE(8, 8), "snmpInTooBigs") (NODE(8, 9), "snmpInNoSuchNames")
      (NODE(8, 10), "snmpInBadValues") (NODE(8, 11), "snmpInReadOnlys")
      (NODE(8, 12), "snmpInGenErrs") (NODE(8, 13), "snmpInTotalReqVars")
      (NODE(8, 14), "snmpInTotalSetVars") (NODE(8, 15), "snmpInGetRequests")
      (NODE(8, 16), "snmpInGetNexts") (NODE(8, 17), "snmpInSetRequests")
      (NODE(8, 18), "snmpInGetResponses") (NODE(8, 19), "snmpInTraps")
      (NODE(8, 20), "snmpOutTooBigs") (NODE(8, 21), "snmpOutNoSuchNames")
      (NODE(8, 22), "snmpOutBadValues") (NODE(8, 23), "snmpOutReadOnlys")
      (NODE(8, 24), "snmpOutGenErrs") (NODE(8, 25), "snmpOutGetRequests")
      (NODE(8, 26), "snmpOutGetNexts") (NODE(8, 27), "snmpOutSetRequests")
      (NODE(8, 28), "snmpOutGetResponses") (NODE(8, 29), "snmpOutTraps")
      (NODE(8, 30), "snmpEnableAuthTraps") (NODE(5, 3), "X:") (NODE(5, 4), "private")
      (NODE(6, 1), "E:") (NODE(7, 1), "proteon") (NODE(7, 2), "ibm") (NODE(7, 3), "cmu")
      (NODE(7, 4), "unix") (NODE(7, 5), "acc") (NODE(7, 6), "twg") (NODE(7, 7), "cayman")
      (NODE(7, 8), "nysernet") (NODE(7, 9), "cisco") (NODE(7, 10), "nsc") (NODE(7, 11), "hp")
      (NODE(7, 12), "epilogue") (NODE(7, 13), "utennessee") (NODE(7, 14), "bbn")
      (NODE(7, 15), "xylogics") (NODE(7, 16), "unisys") (NODE(7, 17), "canstar")
      (NODE(7, 18), "wellfleet") (NODE(7, 19), "trw") (NODE(7, 20), "mit") (NODE(7, 21), "eon")
      (NODE(7, 22), "spartacus") (NODE(7, 23), "excelan") (NODE(7, 24), "spider")
      (NODE(7, 25), "nsfnet") (NODE(7, 26), "sytek") (NODE(7, 27), "intergraph")
      (NODE(7, 28), "interlan") (NODE(7, 29), "vitalink") (NODE(7, 30), "ulana")
      (NODE(7, 31), "nswc") (NODE(7, 32), "santacruzoperation") (NODE(7, 33), "xyplex")
      (NODE(7, 34), "cray") (NODE(7, 35), "bellnorthernresearch") (NODE(7, 36), "dec")
      (NODE(7, 37), "touch") (NODE(7, 38), "networkresearchcorp") (NODE(7, 39), "baylor")
      (NODE(7, 40), "nmfeccllnl") (NODE(7, 41), "sri") (NODE(7, 42), "sun") (NODE(7, 43), "3com")
      (NODE(7, 44), "cmc") (NODE(7, 45), "synoptics") (NODE(7, 46), "cheyenne")
      (NODE(7, 47), "prime") (NODE(7, 48), "mcnc") (NODE(7, 49), "chipcom")
      (NODE(7, 50), "opticaldatasystems") (NODE(7, 51), "gated") (NODE(7, 52), "cabletron")
      (NODE(7, 53), "apollo") (NODE(7, 54), "desktalksystems") (NODE(7, 55), "ssds")
      (NODE(7, 56), "castlerock") (NODE(7, 57), "mips") (NODE(7, 58), "tgv")
      (NODE(7, 59), "silicongraphics") (NODE(7, 60), "ubc") (NODE(7, 61), "merit")
      (NODE(7, 62), "fibercom") (NODE(7, 63), "apple") (NODE(7, 64), "gandalf")
      (NODE(7, 65), "dartmouth") (NODE(7, 66), "davidsystems") (NODE(7, 67), "reuter")
      (NODE(7, 68), "cornell") (NODE(7, 69), "tmac") (NODE(7, 70), "locus") (NODE(7, 71), "nasa")
      (NODE(7, 72), "retix") (NODE(7, 73), "boeing") (NODE(7, 74), "att")
      (NODE(7, 75), "ungermannbass") (NODE(7, 76), "digitalanalysis") (NODE(7, 77), "hplanman")
      (NODE(7, 78), "netlabs") (NODE(7, 79), "icl") (NODE(7, 80), "auspex") (NODE(7, 81), "lannet")
      (NODE(7, 82), "ncd") (NODE(7, 83), "raycom") (NODE(7, 84), "pirellifocom")
      (NODE(7, 85), "datability") (NODE(7, 86), "networkappltech") (NODE(7, 87), "link")
      (NODE(7, 88), "nyu") (NODE(7, 89), "rnd") (NODE(7, 90), "intercon")
      (NODE(7, 91), "learningtree") (NODE(7, 92), "webstercomputer") (NODE(7, 93), "frontier")
      (NODE(7, 94), "nokia") (NODE(7, 95), "allenbradley") (NODE(7, 96), "cern")
      (NODE(7, 97), "sigma") (NODE(7, 98), "emergingtech") (NODE(7, 99), "snmpresearch")
      (NODE(7, 100), "ohiostate") (NODE(7, 101), "ultra") (NODE(7, 136), "ccur")
      (NODE(5, 5), "security") (NODE(5, 6), "snmpV2") (NODE(6, 3), "S:")
      (NODE(7, 10), "snmpFrameworkMIB") (NODE(8, 1), "snmpFrameworkAdmin")
      (NODE(8, 2), "snmpFrameworkMIBObjects") (NODE(9, 1), "snmpEngine")
      (NODE(10, 1), "snmpEngineID") (NODE(10, 2), "snmpEngineBoots") (NODE(10, 3), "snmpEngineTime")
      (NODE(10, 4), "snmpEngineMaxMessageSize") (NODE(8, 3), "snmpFrameworkMIBConformance")
      (NODE(7, 11), "snmpMPDMIB") (NODE(8, 1), "snmpMPDAdmin") (NODE(8, 2), "snmpMPDMIBObjects")
      (NODE(9, 1), "snmpMPDStats") (NODE(10, 1), "snmpUnknownSecurityModels")
      (NODE(10, 2), "snmpInvalidMsgs") (NODE(10, 3), "snmpUnknownPDUHandlers")
      (NODE(8, 3), "snmpMPDMIBConformance") (NODE(9, 1), "snmpMPDMIBCompliances")
      (NODE(9, 2), "snmpMPDMIBGroups") (NODE(7, 15), "snmpUsmMIB") (NODE(8, 1), "usmMIBObjects")
      (NODE(9, 1), "usmStats") (NODE(10, 1), "usmStatsUnsupportedSecLevels")
      (NODE(10, 2), "usmStatsNotInTimeWindows") (NODE(10, 3), "usmStatsUnknownUserNames")
      (NODE(10, 4), "usmStatsUnknownEngineIDs") (NODE(10, 5), "usmStatsWrongDigests")
      (NODE(10, 6), "usmStatsDecryptionErrors") (NODE(9, 2), "usmUser")
      (NODE(10, 1), "usmUserSpinLock") (NODE(10, 2), "usmUserTable") (NODE(11, 1), "usmUserEntry")
      (NODE(12, 1), "usmUserEngineID") (NODE(12, 2), "usmUserName")
      (NODE(12, 3), "usmUserSecurityName") (NODE(12, 4), "usmUserCloneFrom")
      (NODE(12, 5), "usmUserAuthProtocol") (NODE(12, 6), "usmUserAuthKeyChange")
      (NODE(12, 7), "usmUserOwnAuthKeyChange") (NODE(12, 8), "usmUserPrivProtocol")
      (NODE(12, 9), "usmUserPrivKeyChange") (NODE(12, 10), "usmUserOwnPrivKeyChange")
      (NODE(12, 11), "usmUserPublic") (NODE(12, 12), "usmUserStorageType")
      (NODE(12, 13), "usmUserStatus") (NODE(8, 2), "usmMIBConformance")
      (NODE(9, 1), "usmMIBCompliances") (NODE(9, 2), "usmMIBGroups"));

static u32 depth_of(u32 object)
{
    return object == MIB_ROOT ? 0 : names_value(&objects.names, object - 1) >> DEPTH_SHIFT;
}

u32 mib_below(u32 object, u32 arc)
{
    if (object == MIB_UNKNOWN || arc > ARC)
        return MIB_UNKNOWN;
    u32 depth = depth_of(object);
    for (u32 row = object; row < objects.names.rows; row++) {
        u32 value = names_value(&objects.names, row);
        if (value >> DEPTH_SHIFT <= depth)
            break;
        if (value == NODE(depth + 1, arc))
            return row + 1;
    }
    return MIB_UNKNOWN;
}

const char *mib_name(u32 object)
{
    return names_text(&objects.names, object - 1);
}

bool mib_is_abbreviation(u32 object)
{
    const char *name = mib_name(object);

    return name[0] == '\0' || name[1] == ':';
}
