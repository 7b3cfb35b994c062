package io.millrace.topology.access;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;

/** Why a TLS handshake failed, and what mends it. */
final class TlsFault {
  private TlsFault() {}

  /** The last cause says what happened; those before it, where. */
  static String reason(Throwable fault) {
    Throwable cause = last(fault);
    String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return cause instanceof CertificateExpiredException ? "certificate expired, " + text : text;
  }

  static String nextMove(Throwable fault) {
    Throwable cause = last(fault);
    String text = String.valueOf(cause.getMessage());
    if (cause instanceof CertificateExpiredException) {
      return "The brokers need a new certificate, or ssl.truststore.location a new CA's.";
    }
    if (cause instanceof CertPathBuilderException || text.contains("trust")) {
      return "Put the certificate of the CA that signs the brokers' into ssl.truststore.location.";
    }
    if (text.startsWith("No subject alternative") || text.startsWith("No name matching")) {
      return "Name the brokers in bootstrap.servers as their certificate does.";
    }
    if (text.contains("Received fatal alert")) {
      return "The brokers do not take this client's certificate: check ssl.keystore.location, and whether it has expired.";
    }
    if (text.contains("Unsupported or unrecognized SSL message")) {
      return "That port speaks no TLS: check bootstrap.servers and security.protocol.";
    }
    return "Check security.protocol and ssl.*.";
  }

  private static Throwable last(Throwable fault) {
    Throwable cause = fault;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
