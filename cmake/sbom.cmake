# Script: write what ${file} is made of to ${to}, as SPDX 2.3. The time is that of SOURCE_DATE_EPOCH, or 1970:
# equal binaries have equal lists.
file(SHA256 ${file} digest)
if(DEFINED ENV{SOURCE_DATE_EPOCH})
    string(TIMESTAMP created "%Y-%m-%dT%H:%M:%SZ" UTC)
else()
    set(created "1970-01-01T00:00:00Z")
endif()
cmake_path(GET file FILENAME name)

set(libc_package "")
set(libc_relation "")
if(libc)
    string(CONCAT libc_package ",\n"
        "    { \"SPDXID\": \"SPDXRef-libc\", \"name\": \"${libc}\", \"downloadLocation\": \"NOASSERTION\",\n"
        "      \"filesAnalyzed\": false }")
    string(CONCAT libc_relation ",\n"
        "    { \"spdxElementId\": \"SPDXRef-snifter\", \"relationshipType\": \"STATIC_LINK\",\n"
        "      \"relatedSpdxElement\": \"SPDXRef-libc\" }")
endif()
file(WRITE ${to} "{
  \"spdxVersion\": \"SPDX-2.3\",
  \"dataLicense\": \"CC0-1.0\",
  \"SPDXID\": \"SPDXRef-DOCUMENT\",
  \"name\": \"snifter-${version}\",
  \"documentNamespace\": \"urn:sha256:${digest}\",
  \"creationInfo\": { \"created\": \"${created}\", \"creators\": [\"Tool: snifter-build-${version}\"] },
  \"packages\": [
    { \"SPDXID\": \"SPDXRef-snifter\", \"name\": \"snifter\", \"versionInfo\": \"${version}\",
      \"downloadLocation\": \"NOASSERTION\", \"filesAnalyzed\": false,
      \"licenseConcluded\": \"BSD-2-Clause\", \"licenseDeclared\": \"BSD-2-Clause\",
      \"packageFileName\": \"${name}\",
      \"checksums\": [{ \"algorithm\": \"SHA256\", \"checksumValue\": \"${digest}\" }] }${libc_package}
  ],
  \"relationships\": [
    { \"spdxElementId\": \"SPDXRef-DOCUMENT\", \"relationshipType\": \"DESCRIBES\",
      \"relatedSpdxElement\": \"SPDXRef-snifter\" }${libc_relation}
  ]
}
")
