package io.millrace.topology.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(SharedBroker.class)
class LoopbackTest {
  private static final int WAIT_MS = 2_000;

  /** 127.0.0.2 is this machine too, on Linux, and reached where a listener is bound to every address. */
  private static List<InetAddress> otherAddresses() throws IOException {
    return Stream.concat(
            NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress()),
            Stream.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 2})))
        .toList();
  }

  private static void connect(InetAddress address, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), WAIT_MS);
    }
  }

  @Test
  void theDemosBrokerIsReachedOverLoopbackOnly(TestCluster cluster) throws IOException {
    String[] server = cluster.settings().get("bootstrap.servers").split(":");
    int port = Integer.parseInt(server[1]);

    connect(InetAddress.getByName(server[0]), port);

    assertThat(otherAddresses())
        .isNotEmpty()
        .allSatisfy(address -> assertThatThrownBy(() -> connect(address, port))
            .isInstanceOfAny(SocketException.class, SocketTimeoutException.class));
  }
}
